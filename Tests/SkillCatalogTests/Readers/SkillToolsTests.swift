import JSONSchema
import SkillCatalog
import Testing

@Suite("The tools of a skill are read from schema.json")
struct SkillToolsTests {
    private func read(schema: String, tools: String? = nil) async throws -> Reading {
        let folder = try TemporaryFolder()
        try folder.write("# Does things\n", to: "my-skill/SKILL.md")
        try folder.write(schema, to: "my-skill/schema.json")
        if let tools { try folder.write(tools, to: "my-skill/tools.py") }
        return try await Reading(AgentSkillsFolder(path: folder.path))
    }

    @Test(
        "A tool has schemas and annotations, whatever the spelling",
        arguments: [
            """
            [{"name": "read_csv", "description": "Reads.", "parameters": {"type": "object", "properties": {"path": {}}},
              "output_schema": {"type": "array"},
              "annotations": {"readOnlyHint": true, "destructiveHint": false, "idempotentHint": true, "openWorldHint": false}}]
            """,
            """
            {"tools": [{"name": "read_csv", "description": "Reads.",
              "input_schema": {"type": "object", "properties": {"path": {}}}, "outputSchema": {"type": "array"},
              "annotations": {"read_only_hint": true, "destructive_hint": false, "idempotent_hint": true,
                              "open_world_hint": false}}]}
            """,
            """
            [{"type": "function", "function": {"name": "read_csv", "description": "Reads.", "parameters": null,
              "inputSchema": {"type": "object", "properties": {"path": {}}}, "output_schema": {"type": "array"},
              "annotations": {"readOnlyHint": true, "destructive_hint": false, "idempotentHint": true, "openWorldHint": false}
            }}]
            """,
        ]
    )
    func spellings(_ schema: String) async throws {
        let reading = try await read(schema: schema)
        let expected = Tool(
            name: "read_csv",
            description: "Reads.",
            inputSchema: ["type": "object", "properties": ["path": [:]]],
            outputSchema: ["type": "array"],
            annotations: ToolAnnotations(
                readOnlyHint: true,
                destructiveHint: false,
                idempotentHint: true,
                openWorldHint: false
            )
        )
        #expect(reading.skills.first?.tools == [expected])
        #expect(reading.diagnostics.isEmpty)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var schema: String
        var names: [String]
        /// `severity code` of every diagnostic.
        var diagnostics: [String]
        var testDescription: String { schema }

        init(_ schema: String, _ names: [String], _ diagnostics: [String]) {
            self.schema = schema
            self.names = names
            self.diagnostics = diagnostics
        }
    }

    @Test(
        "The skill loads with the tools that can be used, and the others are said",
        arguments: [
            Case("[]", [], []),
            Case("[{\"name\": \"a\"", [], ["error invalid-json"]),
            Case("\"text\"", [], ["error invalid-tools-file"]),
            Case("{\"name\": \"a\"}", [], ["error invalid-tools-file"]),
            Case("[1, {\"name\": \"a\"}]", ["a"], ["error invalid-tool"]),
            Case("[{}, {\"name\": \"\"}, {\"name\": 3}]", [], Array(repeating: "error invalid-tool", count: 3)),
            Case("[{\"name\": \"a\"}, {\"name\": \"a\"}, {\"name\": \"b\"}]", ["a", "b"], ["error duplicate-tool"]),
            Case("[{\"name\": \"my-skill\"}, {\"name\": \"b\"}]", ["b"], ["error tool-named-like-skill"]),
            Case("[{\"name\": \"a\", \"parameters\": []}]", ["a"], ["warning invalid-tool"]),
            Case("[{\"name\": \"a\", \"parameters\": {\"type\": \"string\"}}]", ["a"], ["warning invalid-tool"]),
            Case(
                "[{\"name\": \"a\", \"outputSchema\": 1, \"description\": 2}]",
                ["a"],
                ["warning invalid-tool", "warning invalid-tool"]
            ),
            Case("[{\"name\": \"a\", \"annotations\": true}]", ["a"], ["warning invalid-tool"]),
            Case("[{\"name\": \"a\", \"annotations\": {\"readOnlyHint\": \"yes\"}}]", ["a"], ["warning invalid-tool"]),
            Case("[{\"name\": \"a b/é\"}]", ["a b/é"], []),
        ]
    )
    func lenient(_ example: Case) async throws {
        let reading = try await read(schema: example.schema)
        let skill = try #require(reading.skills.first)
        #expect(skill.tools.map(\.name) == example.names)
        #expect(reading.diagnostics.map { "\($0.severity) \($0.code)" } == example.diagnostics)
        #expect(reading.diagnostics.allSatisfy { $0.file?.hasSuffix("/schema.json") == true })
    }

    @Test("A fault in the JSON has its line")
    func jsonLine() async throws {
        let reading = try await read(schema: "[\n  {\"name\": \"a\"},\n  oops\n]\n")
        #expect(reading.diagnostics.first?.line == 3)
    }

    @Test("Tools without a function are warned of, where there is a file of functions")
    func functions() async throws {
        let schema = "[{\"name\": \"a\"}, {\"name\": \"b\"}]"
        #expect(try await read(schema: schema).diagnostics.isEmpty)
        let reading = try await read(schema: schema, tools: "def a(x):\n    return x\n")
        #expect(reading.skills.first?.tools.count == 2)
        #expect(reading.codes == ["missing-function"])
        #expect(reading.diagnostics.first?.severity == .warning)
        #expect(try await read(schema: schema, tools: "\0").codes == ["binary-file"])
    }

    @Test("A skill with front matter has tools as well")
    func frontMatter() async throws {
        let folder = try TemporaryFolder()
        try folder.write("---\nname: x\ndescription: d\n---\n", to: "x/SKILL.md")
        try folder.write("[{\"name\": \"x\"}, {\"name\": \"y\"}]", to: "x/schema.json")
        let reading = try await Reading(AgentSkillsFolder(path: folder.path))
        #expect(reading.skills.first?.tools.map(\.name) == ["y"])
        #expect(reading.codes == ["tool-named-like-skill"])
    }
}
