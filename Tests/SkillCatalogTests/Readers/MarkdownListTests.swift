import Testing

@testable import SkillCatalog

@Suite("A curated list in Markdown becomes skills")
struct MarkdownListTests {
    private func read(_ text: String) async throws -> Reading {
        let folder = try TemporaryFolder()
        return try await Reading(MarkdownList(path: try folder.write(text, to: "list.md")))
    }

    @Test("Sections, entries, emoji and badges of the usual shape")
    func shape() async throws {
        let reading = try await read(
            """
            [![Badge](https://img.shields.io/x)](README-zh.md)

            # Awesome servers

            * [What is it?](#what-is-it)

            ## Tutorials
            * [A tutorial](https://example.org/tutorial) - not a server

            ## Legend
            * 🎖️ – official implementation
            * programming language
              * 🐍 – Python codebase
              * 🧪 – Elixir codebase
            * scope
              * 🛰️ - Satellite Service

            ## Server Implementations

            * 🔗 - [Aggregators](#aggregators)

            ### 🔗 <a name="aggregators"></a>Aggregators & More

            Words about the section, with a [link](https://example.org).

            - [Owner/Name](https://github.com/Owner/Name) [![Owner/Name](https://glama.ai/a/badges/score.svg)](https://glama.ai/a) 🎖️ 🐍 ☁️ 🍎 - Does `x` and **y** via [Z](https://z.org).
            -  [two/gaps](https://github.com/two/gaps)  🧪 🛰️  – En dash, and - more.
              A second line
              of it.

              * [nested/entry](https://github.com/nested/entry) 📇🏠 No dash at all
            - [no/description](https://github.com/no/description) 🐍 -
            > - [quoted/entry](https://github.com/quoted/entry) - in a quote

            ```
            - [code/entry](https://github.com/code/entry) - in a code block
            ```
            <!-- - [commented/entry](https://github.com/commented/entry) - hidden -->
            <!--
            - [commented/too](https://github.com/commented/too) - hidden
            -->

            ## Frameworks
            - [frame/work](https://github.com/frame/work) 🐍 - excluded

            ### Below it
            - [frame/below](https://github.com/frame/below) 🐍 - excluded

            ## Another Section
            * **[Bold](https://example.org/bold)**: A colon.
            """
        )
        #expect(reading.ids == ["owner/name", "two/gaps", "nested/entry", "no/description", "bold"])
        let skills = reading.skills
        #expect(skills[0].name == "Owner/Name")
        #expect(skills[0].description == "Does x and y via Z.")
        #expect(skills[0].tags == ["official", "lang:python", "scope:cloud", "os:macos"])
        #expect(skills[0].category == "Aggregators & More")
        #expect(skills[0].url == "https://github.com/Owner/Name")
        #expect(skills[0].origin.line == 26)
        #expect(skills[1].description == "En dash, and - more. A second line of it.")
        #expect(skills[1].tags == ["lang:elixir", "scope:satellite"])
        #expect(skills[2].description == "No dash at all")
        #expect(skills[2].tags == ["lang:typescript", "scope:local"])
        #expect(skills[3].description == "")
        #expect(skills[4].description == "A colon.")
        #expect(skills[4].category == "Another Section")
        #expect(
            reading.diagnostics.map { "\($0.severity) \($0.code) \($0.line ?? 0)" } == [
                "warning missing-description 32"
            ]
        )
    }

    @Test(
        "What stands before the first word is no description",
        arguments: [
            ("📇 ☁️ - Text", "Text"), ("- 🐍🏠 - Text", "Text"), ("🐍 Text", "Text"), ("— Text", "Text"), (": Text", "Text"),
            ("**Text** more", "Text more"), ("`code` here", "code here"), ("- .NET tools", ".NET tools"),
            ("- #1 choice", "#1 choice"),
            ("#️⃣ - C# tools", "C# tools"), ("ℹ️ - Text", "Text"), ("🇺🇸 - Text", "Text"), ("👨‍💻 - Text", "Text"),
            ("1️⃣ - Text", "Text"), ("- 3 tools", "3 tools"), ("- $5 a month", "$5 a month"), ("₿ Bitcoin", "Bitcoin"),
            ("- “Quoted” text", "“Quoted” text"), ("- 查询天气", "查询天气"), ("- [Z](https://z.org) does it", "Z does it"),
            ("[glama](https://glama.ai/x) 🐍 🏠 - Text", "Text"),
            ("🐍 - [Plane](https://p.so) - projects", "Plane - projects"),
            ("A - Text", "A - Text"), ("<img src=\"x.svg\"/> - Text<br>more", "Textmore"),
            ("- a < b and c > d", "a < b and c > d"),
            ("🐍/☁️ - Text", "Text"), ("- ...", ""), ("", ""), ("🐍", ""), ("- [open", "[open"),
            ("- a](b) [c](d", "a](b) [c](d"),
            ("- snake_case and 2*3*4", "snake_case and 2*3*4"), ("- x ![pic](https://e.org/a.png) y", "x y"),
        ]
    )
    func prose(text: String, description: String) {
        #expect(EntryText(text).description == description)
    }

    @Test(
        "The id comes from the link's text, else from its address",
        arguments: [
            ("Owner/Name", "https://github.com/other/x", "owner/name"), ("My Server", "https://e.org", "my-server"),
            ("@scope/pkg", "https://e.org", "scope/pkg"), ("a@/b", "https://e.org", "a-/b"),
            ("a/b)", "https://e.org", "a/b"),
            ("a/b-C-", "https://e.org", "a/b-c"), ("a#b.c_d", "https://e.org", "a-b.c_d"),
            ("a -- b", "https://e.org", "a-b"),
            ("天气", "https://e.org", "天气"), ("", "https://github.com/Owner/Name/tree/main", "owner/name"),
            ("🐍", "https://github.com/Owner/Name", "owner/name"), ("", "https://", ""),
        ]
    )
    func ids(title: String, url: String, id: String) {
        #expect(MarkdownList.id(title: title, url: url) == id)
    }

    @Test(
        "Only list items that begin with a link to another site are entries",
        arguments: [
            ("- [a](https://e.org)", true), ("* [a](http://e.org)", true), ("+ [a](HTTPS://e.org)", true),
            ("- 🎖️ [a](https://e.org)", true), ("- <img src=x> **[a](https://e.org)**", true),
            ("- ![i](https://e.org/i.png) [a](https://e.org)", true), ("- [a](<https://e.org> \"Title\")", true),
            ("- [a [b] c](https://e.org/x_(y))", true),
            ("- [a](#anchor)", false), ("- [a](other.md)", false), ("- [a](javascript:alert(1))", false),
            ("- [a](https://)", false),
            ("- [a](mailto:x@e.org)", false), ("- [a]", false), ("- [ ] task", false),
            ("- see [a](https://e.org)", false),
            ("-[a](https://e.org)", false), ("[a](https://e.org)", false), ("1. [a](https://e.org)", false),
            ("- ", false), ("", false),
            ("- [![b](https://e.org/b.svg)](https://e.org)", false), ("- https://e.org", false),
        ]
    )
    func items(line: String, isEntry: Bool) {
        #expect((MarkdownItem(line[...]) != nil) == isEntry)
    }

    @Test("Entries with one id are all handed over, and broken lines are said")
    func duplicates() async throws {
        let folder = try TemporaryFolder()
        let bytes =
            Array("- [a/b](https://e.org/1) - one\n- [bad](https://e.org) - caf".utf8) + [0xE9]
            + Array(
                "\n- [a/b](https://e.org/2) - two\n- [long](https://e.org) - \(String(repeating: "x", count: 300_000))\n"
                    .utf8
            )
        let reading = try await Reading(MarkdownList(path: try folder.write(bytes, to: "list.md")))
        #expect(reading.ids == ["a/b", "a/b"])
        #expect(reading.skills.map(\.url) == ["https://e.org/1", "https://e.org/2"])
        #expect(reading.diagnostics.map { "\($0.code) \($0.line ?? 0)" } == ["invalid-utf8 2", "line-too-long 4"])
    }

    @Test(
        "A file without entries is an error that says what an entry is",
        arguments: ["", "# Title\n\nWords.\n", "- [a](#b)\n"]
    )
    func empty(_ text: String) async throws {
        let error = await #expect(throws: SkillSourceError.self) { _ = try await read(text) }
        #expect(error?.kind == .empty)
    }

    @Test("A description over many lines is bounded")
    func longDescription() async throws {
        let text = "- [a](https://e.org) - start\n" + String(repeating: "  more words\n", count: 10_000)
        let reading = try await read(text)
        #expect((reading.skills.first?.description.utf8.count ?? 0) < 17_000)
    }

    @Test("A line of nothing but brackets is an entry like others", arguments: ["[", "[a](", "<a", "![", "`*[", "]("])
    func hostile(_ unit: String) async throws {
        let text = "- [a](https://e.org) - \(String(repeating: unit, count: 20_000))\n"
        #expect(try await read(text).ids == ["a"])
    }
}
