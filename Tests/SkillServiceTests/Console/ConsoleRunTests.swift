import JSONSchema
import Testing

@Suite("The console's Runs view", .serialized, .enabled(if: ServedConsole.isUsable, ServedConsole.absence))
struct ConsoleRunTests {
    @Test("a tool that fails is seen to be retried and replaced, a destroying one waits for approval, and the run ends")
    func recovery() async throws {
        try await ServedConsole.with(skills: ShopSkills.write) { console in
            let browser = console.browser
            try await console.enter()
            try await console.route(ShopSkills.request)
            try await console.choose("table-download.download_table", for: "s1")
            try await console.choose("table-bin.delete_table", for: "s2")
            try await browser.click("#run-plan")
            try await browser.wait(for: "location.hash.startsWith('#/runs/')")

            // Recovery: tried again after 503, handed on after 410.
            try await browser.wait(forElement: ".log-line[data-kind=retry_planned]", holding: "the shop is busy")
            try await browser.wait(forElement: ".log-line[data-kind=fell_back]", holding: "table-mirror.fetch_copy")
            try await browser.wait(forElement: ".node[data-step=s1][data-state=succeeded]")
            let node = try await browser.text(".node[data-step=s1]")
            #expect(
                try await browser.read("document.querySelector('.node[data-step=s1]').getAttribute('aria-label')")
                    .stringValue?.contains("fell back") == true,
                "\(node)"
            )
            let bars = try await browser.read(
                "[...document.querySelectorAll('.attempt')].map((one) => one.className.replace('attempt is-', ''))"
            )
            #expect(bars.arrayValue?.prefix(3) == ["failed", "failed", "succeeded"])
            #expect(try await browser.read("document.querySelectorAll('.pause.is-retry').length") == 1)

            // Approval, with exactly what will be called.
            try await browser.wait(forElement: ".question[data-kind=approval]", holding: "table-bin.delete_table")
            try await browser.wait(forElement: ".node[data-step=s2][data-state='waiting for approval']")
            #expect(try await browser.text(".question .exact pre").hasPrefix("{"))
            #expect(try await Accessibility.faults(in: browser) == [])
            try await browser.screenshot("run-waiting-desk")
            try await browser.look(.phone)
            #expect(try await Accessibility.faults(in: browser) == [])
            try await browser.screenshot("run-waiting-phone")
            try await browser.look(.darkDesk)
            #expect(try await Accessibility.faults(in: browser) == [])
            try await browser.click("[data-answer=approve]")
            try await browser.wait(forElement: ".node[data-step=s2][data-state=succeeded]")
            try await browser.wait(forElement: "[data-connection=ended]")
            try await browser.wait(forElement: ".run-header [data-state=succeeded]")
            try await browser.click("#run-s2 summary")
            try await browser.wait(forElement: "#run-s2 pre", holding: "\"deleted\": true")
            try await browser.screenshot("run-done-dark")

            try await console.go("#/runs")
            try await browser.wait(forElement: "table.runs [data-state=succeeded]")
            #expect(try await Accessibility.faults(in: browser) == [])
            try await console.expectCalm()
        }
    }

    @Test("a run is cancelled only after it was confirmed, and a page without a token asks for one")
    func cancelling() async throws {
        try await ServedConsole.with(skills: ShopSkills.write) { console in
            let browser = console.browser
            try await browser.open("\(console.address)/#/runs")
            try await browser.wait(forElement: ".token-form")
            #expect(try await Accessibility.faults(in: browser) == [])
            #expect(try await browser.complaints().allSatisfy { $0.contains("401") })
            try await browser.type(console.token, into: ".token-form input")
            try await browser.press(.enter)
            try await browser.wait(forElement: ".empty-title", holding: "No runs yet")

            try await console.go("#/route")
            try await console.route("Delete the sales table")
            try await console.choose("table-bin.delete_table", for: "s1")
            try await browser.click("#step-s1 .arguments option[value=reason]")
            try await browser.wait(forElement: "#step-s1 .arguments input")
            try await browser.type("it is old", into: "#step-s1 .arguments input")
            try await browser.press(.tab)
            try await browser.wait(for: "!document.querySelector('.route-result.is-busy')")
            try await browser.click("#run-plan")
            try await browser.wait(forElement: ".question .exact pre", holding: "it is old")
            try await browser.click("[data-key=cancel]")
            try await browser.wait(forElement: "dialog[open]", holding: "Cancel this run?")
            #expect(try await Accessibility.faults(in: browser) == [])
            try await browser.press(.escape)
            try await browser.wait(for: "!document.querySelector('dialog')")
            #expect(try await browser.read("document.activeElement.dataset.key") == "cancel")
            try await browser.click("[data-key=cancel]")
            try await browser.wait(forElement: "dialog[open]")
            try await browser.click("dialog .danger")
            try await browser.wait(forElement: ".run-header [data-state=cancelled]")
            try await console.expectCalm()
        }
    }
}

extension ServedConsole {
    /// Chooses a candidate of a step, unless it is chosen already.
    func choose(_ candidate: String, for step: String) async throws {
        let selector = "#step-\(step) [data-name='\(candidate)']"
        try await browser.wait(forElement: selector)
        if try await browser.read("document.querySelector(\(Browser.quoted(selector))).ariaSelected") != "true" {
            try await browser.click(selector)
        }
        try await browser.wait(forElement: "\(selector)[aria-selected=true]")
        try await browser.wait(for: "!document.querySelector('.route-result.is-busy')")
    }
}
