import JSONSchema
import Testing

@testable import SkillCatalog

@Suite("A JSONL library is read line by line")
struct JSONLinesFileTests {
    private func read(_ text: String) async throws -> Reading { try await read(Array(text.utf8)) }

    private func read(_ bytes: [UInt8]) async throws -> Reading {
        let folder = try TemporaryFolder()
        return try await Reading(JSONLinesFile(path: try folder.write(bytes, to: "lib.jsonl")))
    }

    @Test("A record has all of its fields")
    func fields() async throws {
        let reading = try await read(
            #"{"id": "o/n", "name": "O/N", "description": "Does it.", "category": "c", "tags": ["a", "b"], "url": "https://e.org", "more": [1]}"#
        )
        #expect(reading.diagnostics.isEmpty)
        let skill = try #require(reading.skills.first)
        #expect(skill.id == "o/n" && skill.name == "O/N" && skill.description == "Does it.")
        #expect(skill.category == "c" && skill.tags == ["a", "b"] && skill.url == "https://e.org")
        #expect(skill.document == "" && skill.tools == [])
        #expect(skill.origin.source == "lib" && skill.origin.line == 1 && skill.origin.folder == nil)
        #expect(skill.origin.file.hasSuffix("/lib.jsonl"))
    }

    @Test("Blank lines, carriage returns and a byte order mark do no harm; lines are counted through them")
    func blankLines() async throws {
        let reading = try await read(
            "\u{FEFF}{\"id\":\"a\",\"description\":\"d\"}\r\n\r\n  \t\n{\"id\":\"b\",\"description\":\"d\"}"
        )
        #expect(reading.ids == ["a", "b"])
        #expect(reading.skills.map(\.origin.line) == [1, 4])
        #expect(reading.diagnostics.isEmpty)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var line: String
        var id: String?
        var name: String?
        var diagnostics: [String]
        var testDescription: String { String(line.prefix(80)) }

        init(_ line: String, id: String? = nil, name: String? = nil, _ diagnostics: [String] = []) {
            self.line = line
            self.id = id
            self.name = name ?? id
            self.diagnostics = diagnostics
        }
    }

    @Test(
        "A record is used as far as it can be, and what is wrong is said with its line",
        arguments: [
            Case(#"{"id":"a"}"#, id: "a", ["warning missing-description"]),
            Case(#"{"name":"N","description":""}"#, id: "N", ["warning missing-description"]),
            Case(#"{"id":" ","name":"N","description":"d"}"#, id: "N"),
            Case(
                #"{"id":"a","name":null,"description":"d","category":null,"tags":null,"url":null,"inputs":null}"#,
                id: "a"
            ),
            Case(#"{"id":42,"description":"d"}"#, id: "42"),
            Case(#"{"id":"a\u0000b\u001b[1m\n c","description":"d"}"#, id: "a b [1m c"),
            Case(#"{"id":"a","description":"d","tags":"x, y,"}"#, id: "a"),
            Case(#"{"id":"a","description":"d","tags":[1,"x"]}"#, id: "a", ["warning invalid-field"]),
            Case(#"{"id":"a","description":"d","tags":{}}"#, id: "a", ["warning invalid-field"]),
            Case(
                #"{"id":"a","description":["d"]}"#,
                id: "a",
                ["warning invalid-field", "warning missing-description"]
            ),
            Case(#"{"id":"a","description":"d","category":{"x":1}}"#, id: "a", ["warning invalid-field"]),
            Case(#"{"id":"a","description":"d","inputs":{}}"#, id: "a", ["warning invalid-field"]),
            Case(
                #"{"id":"a","description":"d","inputs":[{"type":"str"},"x",{"name":"ok"}]}"#,
                id: "a",
                ["warning invalid-parameter", "warning invalid-parameter"]
            ),
            Case(#"{"description":"d"}"#, ["error missing-name"]),
            Case(#"{"id":"","name":""}"#, ["error missing-name"]),
            Case(#"{"id":{},"description":"d"}"#, ["warning invalid-field", "error missing-name"]),
            Case(#"{"id":"a""#, ["error invalid-json"]),
            Case("not json", ["error invalid-json"]),
            Case("{\"id\":\"a\u{0}b\"}", ["error invalid-json"]),
            Case(#"["a"]"#, ["error invalid-record"]),
            Case(#""a""#, ["error invalid-record"]),
            Case(#"{"id":"a"} {"id":"b"}"#, ["error invalid-json"]),
            Case("{\"id\":\"\(String(repeating: "x", count: 513))\"}", ["error name-too-long"]),
            Case("{\"id\":" + String(repeating: "[", count: 100_000), ["error invalid-json"]),
        ]
    )
    func records(_ example: Case) async throws {
        let good = #"{"id":"good","description":"d"}"#
        let reading = try await read("\(good)\n\(example.line)\n\(good)\n")
        #expect(reading.ids == ["good"] + [example.id].compactMap(\.self) + ["good"])
        #expect(reading.skills.count == 2 || reading.skills[1].name == example.name)
        #expect(reading.diagnostics.map { "\($0.severity) \($0.code)" } == example.diagnostics)
        #expect(reading.diagnostics.allSatisfy { $0.line == 2 && $0.file?.hasSuffix("/lib.jsonl") == true })
    }

    @Test("A line that is not UTF-8 is skipped")
    func invalidUTF8() async throws {
        let reading = try await read(
            Array("{\"id\":\"a".utf8) + [0xFF] + Array("\"}\n{\"id\":\"b\",\"description\":\"d\"}\n".utf8)
        )
        #expect(reading.ids == ["b"])
        #expect(reading.codes == ["invalid-json"])
    }

    @Test("A line longer than the limit is skipped and counted")
    func longLine() async throws {
        let long =
            "{\"id\":\"long\",\"description\":\"" + String(repeating: "x", count: JSONLinesFile.maximumLineBytes)
            + "\"}"
        let reading = try await read(long + "\n{\"id\":\"b\",\"description\":\"d\"}\n")
        #expect(reading.ids == ["b"])
        #expect(reading.skills.first?.origin.line == 2)
        #expect(reading.codes == ["line-too-long"])
        #expect(reading.diagnostics.first?.line == 1)
    }

    @Test(
        "A file without a record is empty; one with only broken records is not",
        arguments: ["", "\n", " \r\n\t\n", "\u{FEFF}"]
    )
    func empty(_ text: String) async throws {
        let error = await #expect(throws: SkillSourceError.self) { _ = try await read(text) }
        #expect(error?.kind == .empty)
        let broken = try await read("x\ny\n")
        #expect(broken.skills.isEmpty && broken.codes == ["invalid-json", "invalid-json"])
    }

    @Test("Records with one id are all handed over; telling them apart is the library's task")
    func duplicates() async throws {
        let reading = try await read(String(repeating: "{\"id\":\"a\",\"description\":\"d\"}\n", count: 3))
        #expect(reading.ids == ["a", "a", "a"])
        #expect(reading.skills.map(\.origin.line) == [1, 2, 3])
    }

    @Test("A record with inputs or outputs is a skill with one tool")
    func typed() async throws {
        let reading = try await read(
            """
            {"id":"w/get weather","name":"Get weather","description":"Weather of a city.","inputs":[{"name":"city","type":"str","description":"Which.","required":true},{"name":"days","type":"int"},{"name":"x","type":"whatever","required":false}],"outputs":[{"name":"forecast","type":"List[dict]"}]}
            {"id":"none","description":"d","inputs":[]}
            {"id":"out","description":"d","outputs":[{"name":"r"}]}
            {"id":"both","description":"d","inputs":[],"outputs":[]}
            """
        )
        #expect(reading.diagnostics.isEmpty)
        let tools = reading.skills.map(\.tools)
        #expect(tools.map(\.count) == [1, 1, 1, 1])
        #expect(tools[0].first?.name == "call_Get_weather")
        #expect(tools[0].first?.description == "Weather of a city.")
        #expect(
            tools[0].first?.inputSchema == [
                "type": "object",
                "properties": [
                    "city": ["type": "string", "description": "Which."], "days": ["type": "integer"], "x": [:],
                ],
                "required": ["city"],
            ]
        )
        #expect(tools[0].first?.inputSchema?["properties"]?.objectValue?.keys == ["city", "days", "x"])
        #expect(
            tools[0].first?.outputSchema == [
                "type": "object", "properties": ["forecast": ["type": "array", "items": ["type": "object"]]],
            ]
        )
        #expect(tools[1].first?.inputSchema == ["type": "object", "properties": [:]])
        #expect(tools[1].first?.outputSchema == nil)
        #expect(tools[2].first?.inputSchema == nil)
        #expect(tools[2].first?.outputSchema == ["type": "object", "properties": ["r": [:]]])
        #expect(tools[3].first?.outputSchema == nil)
    }

    @Test(
        "The tool's name fits what models accept, and is never the skill's",
        arguments: [
            ("weather", "call_weather"), ("owner/repo.name", "call_owner_repo_name"),
            ("GET /movie/{id}", "call_GET__movie__id_"),
            ("call_x", "call_call_x"), ("天气", "call___"), ("a-b_c9", "call_a-b_c9"),
            (String(repeating: "é", count: 100), "call_" + String(repeating: "_", count: 59)),
        ]
    )
    func toolNames(skill: String, tool: String) {
        #expect(JSONLinesRecord.toolName(for: skill) == tool)
        #expect(ToolNamePattern.isValid(tool))
        #expect(tool != skill)
    }
}
