import JSONSchema
import Testing

@Suite("The console's Library view", .serialized, .enabled(if: ServedConsole.isUsable, ServedConsole.absence))
struct ConsoleLibraryTests {
    @Test("skills are listed, searched while one types, explained, and opened")
    func search() async throws {
        try await ServedConsole.with(skills: ShopSkills.write) { console in
            let browser = console.browser
            try await console.enter("#/library")
            try await browser.wait(forElement: "table.skills a", holding: "table-bin")
            try await browser.wait(forElement: ".library-card", holding: "3")
            try await browser.wait(forElement: ".cost th", holding: "Routed")
            #expect(try await Accessibility.faults(in: browser) == [])
            try await browser.screenshot("library-desk")

            try await browser.type("get rid of a table", into: "#skill-search")
            try await browser.wait(for: "document.querySelector('.found a')?.textContent.startsWith('table-bin')")
            try await browser.click("#with-reasons")
            try await browser.wait(forElement: ".found .signals")
            #expect(try await Accessibility.faults(in: browser) == [])
            try await browser.screenshot("library-search-desk")
            try await browser.click(".found a")
            try await browser.wait(forElement: "h1", holding: "table-bin")
            try await browser.wait(forElement: ".tool-card", holding: "delete_table")
            try await browser.wait(forElement: ".tool-card .badge", holding: "may destroy")
            try await browser.wait(forElement: ".markdown", holding: "Use it for tables.")
            #expect(try await browser.read("document.activeElement.tagName") == "H1")
            #expect(try await Accessibility.faults(in: browser) == [])

            try await console.go("#/library/no-such-skill")
            try await browser.wait(forElement: ".problem", holding: "no-such-skill")
            #expect(try await browser.text(".problem").contains("request"))
            #expect(try await browser.complaints().allSatisfy { $0.contains("404") })
            try await console.expectCalm()
        }
    }

    @Test("text of a hostile skill is text: nothing runs, loads, opens or hides")
    func hostile() async throws {
        try await ServedConsole.with(skills: { folder in
            try HostileSkill.write(to: folder)
            try ShopSkills.write(to: folder)
        }) { console in
            let browser = console.browser
            try await console.enter("#/library")
            try await browser.wait(forElement: "table.skills .clamp", holding: "<script>window.pwned=1</script>")
            try await expectInert(console)

            try await console.go("#/library/\(HostileSkill.name)")
            try await browser.wait(forElement: ".tool-card h3", holding: "tidy_tables")
            _ = try await browser.read(
                "void document.querySelectorAll('details').forEach((one) => { one.open = true; })"
            )
            try await expectInert(console)
            #expect(try await Accessibility.faults(in: browser) == [])
            let links = try await browser.read("[...document.querySelectorAll('.markdown a')].map((one) => one.href)")
            let addresses = (links.arrayValue ?? []).compactMap(\.stringValue)
            #expect(addresses.prefix(2) == ["https://example.com/honest", "https://example.org/plain"])
            #expect(addresses.allSatisfy { $0.hasPrefix("https://") })
            let safe = "[...document.querySelectorAll('.markdown a')].every((one) => one.rel === 'noopener noreferrer')"
            #expect(try await browser.read(safe) == true)
            #expect(try await browser.text(".image-text").contains("tracker.example"))
            // What turns the reading direction is shown by its code instead of doing so.
            try await browser.wait(forElement: ".markdown .hidden-character", holding: "U+202E")
            #expect(try await browser.read("/[\\u202e\\u200b\\u0007\\u001b]/.test(document.body.textContent)") == false)
            try await browser.screenshot("hostile-skill")

            try await console.go("#/route")
            try await console.route("Tidy the tables of the shop \(HostileSkill.text)")
            try await console.choose("\(HostileSkill.name).tidy_tables", for: "s1")
            try await browser.wait(forElement: "#step-s1 .arguments")
            // An argument called `__proto__` is one among others, not what every object has.
            let fields = """
                [...document.querySelectorAll('#step-s1 .arguments .field-name')].map((one) => one.textContent)
                """
            #expect(try await browser.read(fields) == ["constructor"])
            try await expectInert(console)
            try await browser.screenshot("hostile-plan")
            try await console.expectCalm()
        }
    }

    /// Only the console's own elements are there, and no script of another ran.
    private func expectInert(_ console: ServedConsole) async throws {
        let browser = console.browser
        #expect(try await browser.dialog() == nil)
        #expect(try await browser.read("window.pwned ?? null") == .null)
        let strangers = """
            [...document.querySelectorAll('script, iframe, object, embed, style, form, base, meta, img, [style], a')]
              .filter((one) => !(one.matches('head *, .brand img, .markdown a') || one.hash || one.hasAttribute('style')
                && [...one.style].every((name) => name.startsWith('--'))))
              .map((one) => one.outerHTML.slice(0, 200))
            """
        #expect(try await browser.read(strangers) == [])
        let handlers = """
            [...document.querySelectorAll('*')].flatMap((one) => one.getAttributeNames())
              .filter((name) => name.startsWith('on'))
            """
        #expect(try await browser.read(handlers) == [])
    }
}
