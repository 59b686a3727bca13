import JSONSchema
import SkillCatalog
import Testing

@Suite("The fields of a SKILL.md become a skill, leniently")
struct SkillFieldsTests {
    /// The reading of one `SKILL.md` in a folder named `my-skill`.
    private func read(_ text: String) async throws -> Reading {
        let folder = try TemporaryFolder()
        try folder.write(text, to: "my-skill/SKILL.md")
        return try await Reading(AgentSkillsFolder(path: folder.path))
    }

    @Test("Every field of the format is taken over")
    func all() async throws {
        let reading = try await read(
            """
            ---
            name: my-skill
            description: >-
              Extracts text from PDFs.
              Use when the user mentions them.
            license: Apache-2.0
            compatibility: Requires Python 3.14+
            metadata:
              author: example-org
              version: 1.0
              draft: true
              empty:
            allowed-tools: Bash(git:*) Read
            ---

              indented first line
            # Title

            Body

            """
        )
        let skill = try #require(reading.skills.first)
        #expect(skill.id == "my-skill")
        #expect(skill.name == "my-skill")
        #expect(skill.description == "Extracts text from PDFs. Use when the user mentions them.")
        #expect(skill.license == "Apache-2.0")
        #expect(skill.compatibility == "Requires Python 3.14+")
        #expect(skill.metadata == ["author": "example-org", "version": "1.0", "draft": "true", "empty": ""])
        #expect(skill.allowedTools == ["Bash(git:*)", "Read"])
        #expect(skill.document == "  indented first line\n# Title\n\nBody")
        #expect(skill.category == nil && skill.tags == [] && skill.url == nil && skill.tools == [])
        #expect(reading.diagnostics.isEmpty)
    }

    @Test("Carriage returns and a byte order mark change nothing")
    func windows() async throws {
        let reading = try await read("\u{FEFF}---\r\nname: my-skill\r\ndescription: d\r\n---\r\n\r\n# T\r\nx\r\n")
        #expect(reading.skills.first?.description == "d")
        #expect(reading.skills.first?.document == "# T\r\nx")
        #expect(reading.diagnostics.isEmpty)
    }

    @Test("The plain form takes its description from the first heading and its name from the folder")
    func plain() async throws {
        let reading = try await read("\nIntro\n\n# Renders **charts** from tables\n\n## Rules\n")
        let skill = try #require(reading.skills.first)
        #expect(skill.id == "my-skill")
        #expect(skill.description == "Renders **charts** from tables")
        #expect(skill.document == "Intro\n\n# Renders **charts** from tables\n\n## Rules")
        #expect(reading.diagnostics.isEmpty)
    }

    @Test("Tools may be pre-approved as a list")
    func toolList() async throws {
        let reading = try await read(
            "---\nname: my-skill\ndescription: d\nallowed-tools:\n  - Read\n  - Bash(git add:*)\n---\n"
        )
        #expect(reading.skills.first?.allowedTools == ["Read", "Bash(git add:*)"])
        #expect(reading.diagnostics.isEmpty)
    }

    @Test("Fields the format does not know are passed over without a word")
    func unknown() async throws {
        let reading = try await read("---\nname: my-skill\ndescription: d\nversion: 2\nhooks: {a: [b]}\n---\n")
        #expect(reading.skills.count == 1)
        #expect(reading.diagnostics.isEmpty)
    }

    struct Warning: Sendable, CustomTestStringConvertible {
        var fields: String
        var code: String
        var line: Int
        var testDescription: String { String(fields.prefix(60)) }

        init(_ fields: String, _ code: String, line: Int) {
            self.fields = fields
            self.code = code
            self.line = line
        }
    }

    @Test(
        "What breaks the format but can be used is a warning with its line",
        arguments: [
            Warning("name: other\ndescription: d", "name-mismatch", line: 2),
            Warning("name: My-Skill\ndescription: d", "name-mismatch", line: 2),
            Warning("description: d", "missing-name", line: 2),
            Warning("description: d\nname:", "missing-name", line: 3),
            Warning(
                "name: my-skill\ndescription: \(String(repeating: "é", count: 1025))",
                "description-too-long",
                line: 3
            ),
            Warning(
                "name: my-skill\ndescription: d\ncompatibility: \(String(repeating: "x", count: 501))",
                "compatibility-too-long",
                line: 4
            ),
            Warning("name: my-skill\ndescription: d\nlicense: [MIT]", "invalid-field", line: 4),
            Warning("name: my-skill\ndescription: d\nmetadata: text", "invalid-field", line: 4),
            Warning("name: my-skill\ndescription: d\nmetadata:\n  a: [1]", "invalid-field", line: 5),
            Warning("name: my-skill\ndescription: d\nallowed-tools: {a: b}", "invalid-field", line: 4),
            Warning("name: my-skill\ndescription: d\nallowed-tools: [a, [b]]", "invalid-field", line: 4),
            Warning("name: my-skill\ndescription: c\ndescription: d", "duplicate-field", line: 4),
        ]
    )
    func warnings(_ example: Warning) async throws {
        let reading = try await read("---\n\(example.fields)\n---\n")
        #expect(reading.skills.count == 1)
        #expect(reading.codes == [example.code])
        #expect(reading.diagnostics.first?.severity == .warning)
        #expect(reading.diagnostics.first?.line == example.line)
        #expect(reading.skills.first?.description.last == (example.fields.contains("é") ? "é" : "d"))
    }

    @Test("A long name is kept, an enormous one is not")
    func longNames() async throws {
        let long = String(repeating: "a", count: 65)
        let kept = try await read("---\nname: \(long)\ndescription: d\n---\n")
        #expect(kept.ids == [long])
        #expect(kept.codes == ["name-too-long", "name-mismatch"])
        let enormous = try await read("---\nname: \(String(repeating: "a", count: 100_000))\ndescription: d\n---\n")
        #expect(enormous.ids == ["my-skill"])
        #expect(enormous.codes == ["name-too-long"])
    }

    @Test("Nested metadata is kept as JSON")
    func nestedMetadata() async throws {
        let reading = try await read("---\nname: my-skill\ndescription: d\nmetadata:\n  a: {b: [1, x]}\n---\n")
        #expect(reading.skills.first?.metadata == ["a": #"{"b":[1,"x"]}"#])
    }

    @Test("Names and descriptions lose characters that deceive")
    func deceiving() async throws {
        let reading = try await read(
            "---\nname: \"my\\u202E-\\nskill\\e[31m\"\ndescription: \"a\\e[2Jb\\u2066\\nc\"\n---\n"
        )
        #expect(reading.skills.first?.name == "my- skill[31m")
        #expect(reading.skills.first?.description == "a[2Jb\nc")
    }
}
