import JSONSchema
import SkillCatalog
import Testing

@Suite("A stored skill is the skill that was stored")
struct SkillCodingTests {
    private static let full = Skill(
        id: "o/n",
        name: "N",
        description: "Does é 🐍\nand more.",
        document: "# Title\n\n\"quoted\"\u{0}",
        tools: [
            Tool(
                name: "t",
                description: "d",
                inputSchema: [
                    "type": "object", "properties": ["z": ["type": "string"], "a": true], "required": ["z"],
                ],
                outputSchema: .bool(true),
                annotations: ToolAnnotations(
                    readOnlyHint: true,
                    destructiveHint: false,
                    idempotentHint: true,
                    openWorldHint: false
                )
            ),
            Tool(name: "u", description: "", annotations: ToolAnnotations(openWorldHint: true)),
        ],
        category: "",
        tags: ["b", "a", "b"],
        url: "https://e.org",
        license: "MIT",
        compatibility: "c",
        metadata: ["b": "2", "a": "1", "": ""],
        allowedTools: ["Read", "Bash(git add:*)"],
        origin: SkillOrigin(source: "s", file: "/f", line: 7, folder: "/d")
    )

    private static let bare = Skill(id: "", name: "", description: "", origin: SkillOrigin(source: "", file: ""))

    @Test("Every field survives", arguments: [full, bare])
    func roundTrip(_ skill: Skill) throws {
        let text = skill.json.serialized()
        let read = try Skill(json: try JSONParser.parse(text))
        #expect(read == skill)
        #expect(read.json.serialized() == text)
        for tool in skill.tools { #expect(try Tool(json: tool.json) == tool) }
    }

    @Test("The stored text is stable")
    func stable() {
        #expect(
            Self.bare.json.serialized() == #"{"id":"","name":"","description":"","origin":{"source":"","file":""}}"#
        )
        let text = Self.full.json.serialized()
        #expect(text.contains(#""metadata":{"":"","a":"1","b":"2"}"#))
        #expect(
            Self.full.json.objectValue?.keys == [
                "id", "name", "description", "document", "tools", "category", "tags", "url", "license", "compatibility",
                "metadata", "allowed_tools", "origin",
            ]
        )
        #expect(
            Self.full.tools[0].json.objectValue?.keys == [
                "name", "description", "input_schema", "output_schema", "annotations",
            ]
        )
        #expect(
            Self.full.json["tools"]?.arrayValue?[0]["input_schema"]?["properties"]?.objectValue?.keys == ["z", "a"]
        )
    }

    @Test("Members of a later version are passed over")
    func unknownMembers() throws {
        var members = try #require(Self.full.json.objectValue)
        members["later"] = [1, 2]
        members["origin"] = ["source": "s", "file": "/f", "line": 7, "folder": "/d", "later": nil]
        #expect(try Skill(json: .object(members)) == Self.full)
    }

    @Test(
        "What lacks a needed field is an error that names it",
        arguments: [
            ("[]", "id"), ("{}", "id"), (#"{"id":"a","name":"b"}"#, "description"),
            (#"{"id":1,"name":"b","description":""}"#, "id"),
            (#"{"id":"a","name":"b","description":""}"#, "source"),
            (#"{"id":"a","name":"b","description":"","origin":{"source":"s"}}"#, "file"),
            (
                #"{"id":"a","name":"b","description":"","origin":{"source":"s","file":"f"},"tools":[{"name":"x"}]}"#,
                "description"
            ),
        ]
    )
    func faults(json: String, field: String) {
        let error = #expect(throws: SkillCodingError.self) { try Skill(json: try JSONParser.parse(json)) }
        #expect(error?.reason == "it has no text `\(field)`")
    }
}
