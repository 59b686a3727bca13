import JSONSchema
import Testing

@Suite("The console's Route view", .serialized, .enabled(if: ServedConsole.isUsable, ServedConsole.absence))
struct ConsoleRouteTests {
    @Test("a request becomes lit-up sub-tasks, candidates with reasons, a drawing and a plan to change")
    func route() async throws {
        try await ServedConsole.with(skills: ShopSkills.write) { console in
            let browser = console.browser
            try await console.enter()
            #expect(try await browser.read("location.href.includes('token')") == false)
            try await console.route(ShopSkills.request)

            let lit = try await browser.read(
                "[...document.querySelectorAll('mark.span')].map((one) => one.textContent)"
            )
            #expect(lit == ["Download the sales table", "delete the sales table"])
            let nodes = try await browser.read("[...document.querySelectorAll('.plan-graph .node')].length")
            #expect(nodes == 2)
            #expect(try await browser.text(".facts").contains("Total"))
            #expect(try await Accessibility.faults(in: browser) == [])
            try await browser.screenshot("route-desk")

            try await browser.click("[data-key='reasons-s1']")
            try await browser.wait(forElement: "#step-s1 .signals th", holding: "Meaning")
            let asked = try await browser.text("#step-s1 .explanation-title")
            #expect(asked.contains("table-"))

            // Another candidate is chosen with the keyboard alone.
            let before = try await browser.text("#step-s1 .is-chosen .candidate-name")
            _ = try await browser.read("void document.querySelector('#step-s1 [role=option][tabindex=\"0\"]').focus()")
            try await browser.press(.down)
            let other = try await browser.read("document.activeElement.dataset.name").stringValue ?? ""
            #expect(other != "" && !before.hasPrefix(other))
            try await browser.press(.enter)
            try await browser.wait(forElement: "#step-s1 .is-chosen .candidate-name", holding: other)
            try await browser.wait(forElement: ".part-head", holding: "edited")
            #expect(try await browser.read("document.activeElement.dataset.name").stringValue == other)

            // Spans count bytes: what stands before a sub-task does not move its light.
            try await console.route("Für 数据 📊: download the sales table, then delete the sales table")
            try await browser.wait(forElement: ".request-line", holding: "Für 数据 📊")
            let last = try await browser.read("[...document.querySelectorAll('mark.span')].at(-1).textContent")
            #expect(last == "delete the sales table")
            #expect(try await browser.dialog() == nil)
            try await console.expectCalm()
        }
    }

    @Test("a phone, the keyboard and dark colours are enough")
    func phone() async throws {
        try await ServedConsole.with(.phone, skills: ShopSkills.write) { console in
            let browser = console.browser
            try await console.enter("#/library")
            try await browser.wait(forElement: "table.skills a", holding: "table-mirror")
            #expect(try await Accessibility.faults(in: browser) == [])
            try await browser.screenshot("library-phone")

            try await console.go("#/route")
            // Typed with keys only: a slash goes to the field, Control and Enter send it.
            try await browser.press(.letter("/"))
            #expect(try await browser.read("document.activeElement.id") == "request")
            _ = try await browser.read("void document.execCommand('insertText', false, 'Download the sales table')")
            try await browser.press(.control, .enter)
            try await browser.wait(forElement: ".step-card")
            #expect(try await Accessibility.faults(in: browser) == [])
            try await browser.screenshot("route-phone")

            let light = try await browser.read("getComputedStyle(document.body.parentElement).backgroundColor")
            try await browser.look(Browser.View(width: 390, height: 844, isDark: true))
            let dark = try await browser.read("getComputedStyle(document.body.parentElement).backgroundColor")
            #expect(light != dark)
            #expect(try await Accessibility.faults(in: browser) == [])
            try await browser.screenshot("route-phone-dark")
            try await browser.click("#scheme")
            #expect(try await browser.read("document.documentElement.dataset.scheme") == "light")
            #expect(try await browser.read("getComputedStyle(document.documentElement).backgroundColor") == light)
            try await console.expectCalm()
        }
    }

    @Test("the check of accessibility finds what is wrong with a page")
    func checker() async throws {
        try await Browser.with { browser in
            let page =
                "<h1>A</h1><h4>deep</h4><input><button></button><p style='color:%23999'>pale</p><b tabindex=3>b</b>"
            try await browser.open("data:text/html,<html><body style='background:white'>\(page)")
            let faults = try await Accessibility.faults(in: browser)
            for part in ["no label", "no name", "contrast of", "tab order", "follows a heading", "language"] {
                #expect(faults.contains { $0.contains(part) }, "\(part) is missing in \(faults)")
            }
        }
    }
}
