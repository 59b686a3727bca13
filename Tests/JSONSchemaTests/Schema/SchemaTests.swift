import JSONSchema
import Testing

@Suite("Schemas of tool arguments")
struct SchemaTests {
    private static let download: JSONValue = [
        "type": "object",
        "properties": [
            "url": ["type": "string", "format": "uri"],
            "retries": ["type": "integer", "minimum": 0, "maximum": 5],
            "headers": ["type": "object", "additionalProperties": ["type": "string"]],
            "mode": ["enum": ["fast", "careful"]],
        ],
        "required": ["url"],
        "additionalProperties": false,
    ]

    @Test(
        "A violation says where it is and what would be right",
        arguments: [
            (#"{}"#, "'url' is missing"),
            (#"{"url": 3}"#, "/url: must be string, is integer"),
            (#"{"url": "x", "retries": 9}"#, "/retries: must be at most 5"),
            (#"{"url": "x", "retries": 1.5}"#, "/retries: must be integer, is number"),
            (#"{"url": "x", "headers": {"a/b": 1}}"#, "/headers/a~1b: must be string, is integer"),
            (#"{"url": "x", "mode": "slow"}"#, #"/mode: must be one of "fast", "careful""#),
            (
                #"{"url": "x", "ulr": "y"}"#,
                "'ulr' is not allowed; allowed: 'headers', 'mode', 'retries', 'url'"
            ),
        ]
    )
    func messages(text: String, message: String) throws {
        let schema = try Schema(Self.download)
        let value = try JSONParser.parse(text)
        #expect(schema.violations(in: value).map(\.description) == [message])
        #expect(!schema.accepts(value))
    }

    @Test("Every violation is found, up to the limit")
    func manyViolations() throws {
        let schema = try Schema(["items": ["type": "string"]])
        let wrong = JSONValue.array((0..<50).map { JSONValue($0) })
        #expect(schema.violations(in: wrong).count == 20)
    }

    @Test("A format describes unless asked to refuse")
    func formats() throws {
        #expect(try Schema(Self.download).accepts(["url": "no address"]))
        var options = Schema.Options()
        options.assertsFormats = true
        let strict = try Schema(Self.download, options: options)
        #expect(strict.violations(in: ["url": "no address"]).map(\.keyword) == ["format"])
    }

    @Test(
        "An unusable schema says where and why",
        arguments: [
            (#"{"type": "text"}"#, "at /type: 'text' is no type"),
            (#"{"properties": {"a": {"pattern": "("}}}"#, "at /properties/a/pattern: '(' is no expression"),
            (#"{"properties": {"a": 3}}"#, "at /properties/a: a schema is an object or a Boolean"),
            (##"{"$ref": "#/$defs/none"}"##, "at /$defs/none: nothing is there"),
            (#"{"$ref": "other.json"}"#, "documents are never fetched"),
            (#"{"minLength": -1}"#, "at /minLength: must be a whole number"),
            (#"{"multipleOf": 0}"#, "at /multipleOf: must be above zero"),
        ]
    )
    func unusable(text: String, message: String) throws {
        let document = try JSONParser.parse(text)
        let error = #expect(throws: SchemaError.self) { try Schema(document) }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }

    @Test("A schema that refers to itself without end refuses instead of running on")
    func endless() throws {
        let schema = try Schema(["$ref": "#"])
        #expect(schema.violations(in: 1).map(\.message) == ["the schema refers to itself without end"])
    }

    @Test("A recursive schema follows a value as deep as it goes")
    func recursive() throws {
        let schema = try Schema(["type": "object", "properties": ["next": ["$ref": "#"]], "required": ["name"]])
        var value: JSONValue = ["name": "last"]
        for index in 0..<100 { value = ["name": JSONValue("\(index)"), "next": value] }
        #expect(schema.accepts(value))
        #expect(!schema.accepts(["name": "a", "next": ["next": ["name": "b"]]]))
    }

    @Test("What is not enforced is said")
    func notes() throws {
        let schema = try Schema(["properties": ["a": ["pattern": "^(?!x)"]]])
        #expect(schema.accepts(["a": "x"]))
        #expect(schema.notes.count == 1)
        #expect(schema.notes.first?.hasPrefix("/properties/a/pattern: the expression '^(?!x)' is not enforced") == true)
    }

    @Test("Names that only look alike are different members")
    func lookalikes() throws {
        let schema = try Schema(["required": ["\u{E9}"]])
        #expect(!schema.accepts(["e\u{301}": 1]))
        #expect(!(try Schema(["const": "\u{E9}"]).accepts("e\u{301}")))
    }
}
