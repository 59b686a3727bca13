import Testing

@testable import SkillCatalog

@Suite("The rules of tools")
struct ToolRulesTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var schema: String
        var tools: String?
        var found: [String]
        var testDescription: String { String(schema.prefix(90)) }

        init(_ schema: String, tools: String? = "def a(): ...\nasync def b(): ...\n", _ found: String...) {
            self.schema = schema
            self.tools = tools
            self.found = found
        }
    }

    private static func list(_ count: Int) -> String {
        "[" + (1...count).map { "{\"name\": \"t\($0)\", \"description\": \"d\"}" }.joined(separator: ",") + "]"
    }

    private static func functions(_ count: Int) -> String { (1...count).map { "def t\($0)(): ...\n" }.joined() }

    @Test(
        "Each fault of a tool is found",
        arguments: [
            Case(#"[{"name": "a", "description": "d"}, {"name": "b", "description": "d"}]"#),
            Case("[]"),
            Case("[]", tools: nil),
            Case(#"{"tools": [{"name": "a", "description": "d"}]}"#, "error invalid-tools-file"),
            Case("3", "error invalid-tools-file"),
            Case("[\n oops", "error invalid-json 2"),
            Case("[1, [], null]", "error invalid-tool", "error invalid-tool", "error invalid-tool"),
            Case(#"[{"description": "d"}]"#, "error invalid-tool"),
            Case(#"[{"name": "a", "description": 1}]"#, "error invalid-tool", "warning missing-tool-description"),
            Case(#"[{"name": "a", "description": "d", "parameters": "x"}]"#, "error invalid-tool"),
            Case(#"[{"name": "a", "description": "d", "inputSchema": {"type": "array"}}]"#, "error invalid-tool"),
            Case(#"[{"name": "a", "description": "d", "output_schema": []}]"#, "error invalid-tool"),
            Case(
                #"[{"name": "a", "description": "d", "annotations": {"readOnlyHint": 1, "openWorldHint": null}}]"#,
                "error invalid-tool"
            ),
            Case(#"[{"name": "a"}]"#, "warning missing-tool-description"),
            Case(#"[{"name": "a", "description": " "}]"#, "warning missing-tool-description"),
            Case(#"[{"name": "a", "description": "d"}, {"name": "a", "description": "d"}]"#, "error duplicate-tool"),
            Case(
                #"[{"name": "my-skill", "description": "d"}]"#,
                tools: "def my(): ...\n",
                "error tool-named-like-skill",
                "error missing-function"
            ),
            Case(#"[{"name": "a b", "description": "d"}]"#, "error invalid-tool-name", "error missing-function"),
            Case(#"[{"name": "é", "description": "d"}]"#, tools: "def é(): ...\n", "error invalid-tool-name"),
            Case(#"[{"name": "c", "description": "d"}, {"name": "a", "description": "d"}]"#, "error missing-function"),
            Case(#"[{"name": "a", "description": "d"}]"#, tools: nil, "error missing-function"),
            Case(#"[{"name": "a", "description": "d"}]"#, tools: "    def a(): ...\n", "error missing-function"),
            Case(list(8), tools: functions(8)),
            Case(list(9), tools: functions(9), "warning too-many-tools"),
        ]
    )
    func tools(_ example: Case) throws {
        #expect(try SkillWorkshop().validate(schema: example.schema, tools: example.tools) == example.found)
    }

    @Test("Functions without a tools file need no tools")
    func functionsOnly() throws {
        #expect(try SkillWorkshop().validate(tools: "def helper(): ...\n") == [])
    }

    @Test(
        "A tool's name has 1 to 64 letters, digits, hyphens and underscores",
        arguments: [
            ("a", true), ("Read_CSV-2", true), (String(repeating: "a", count: 64), true),
            (String(repeating: "a", count: 65), false),
            ("", false), ("a.b", false), ("a b", false), ("é", false), ("a\n", false), ("a/b", false),
        ]
    )
    func names(name: String, isValid: Bool) {
        #expect(ToolNamePattern.isValid(name) == isValid)
    }

    @Test("Messages name the tool and the file")
    func messages() throws {
        let workshop = try SkillWorkshop()
        _ = try workshop.validate(schema: #"[{"name": "a"}, 1]"#, tools: "def a(): ...\n")
        let found = SkillValidator.validate(folder: workshop.folder.path + "/my-skill")
        #expect(
            found.map(\.message) == [
                "tool 2 is integer, not an object", "tool 1 (a) has no description; say what it does",
            ]
        )
        #expect(found.allSatisfy { $0.file == workshop.folder.path + "/my-skill/schema.json" })
    }
}
