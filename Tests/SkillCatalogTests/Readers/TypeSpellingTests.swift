import JSONSchema
import Testing

@testable import SkillCatalog

@Suite("Types are read in many spellings")
struct TypeSpellingTests {
    @Test(
        "Words of several languages name one type",
        arguments: [
            ("string", ["str", "String", " STRING ", "text", "varchar"]),
            ("integer", ["int", "integer", "Integer", "long", "int64"]),
            ("number", ["float", "Number", "double", "decimal", "float32"]),
            ("boolean", ["bool", "Boolean"]),
            (
                "array",
                [
                    "list", "Array", "tuple", "List[]", "Tuple[int, str]", "list[whatever]", "Set<unknown>",
                    "array of things",
                ]
            ),
            ("object", ["dict", "Object", "map", "JSON", "Dict[str, whatever]", "Dict[str]"]),
            ("null", ["None", "null"]),
        ]
    )
    func words(type: String, spellings: [String]) {
        for spelling in spellings {
            let schema = TypeSpelling.schema(of: spelling)
            // An array of lists is `List[]`; only its outer type is compared here.
            #expect(schema["type"] == .string(type), "\(spelling)")
        }
    }

    @Test(
        "Combinations keep what is inside",
        arguments: [
            ("List[str]", ["type": "array", "items": ["type": "string"]]),
            ("typing.List[ int ]", ["type": "array", "items": ["type": "integer"]]),
            ("array<array<number>>", ["type": "array", "items": ["type": "array", "items": ["type": "number"]]]),
            ("string[]", ["type": "array", "items": ["type": "string"]]),
            ("int[][]", ["type": "array", "items": ["type": "array", "items": ["type": "integer"]]]),
            ("list of strings", ["type": "array", "items": ["type": "string"]]),
            ("array of dict", ["type": "array", "items": ["type": "object"]]),
            (
                "Dict[str, List[int]]",
                ["type": "object", "additionalProperties": ["type": "array", "items": ["type": "integer"]]]
            ),
            ("Optional[int]", ["type": ["integer", "null"]]),
            ("str | None", ["type": ["string", "null"]]),
            ("Union[str, int, str]", ["type": ["string", "integer"]]),
            ("int|int", ["type": "integer"]),
            ("List[str] | None", ["anyOf": [["type": "array", "items": ["type": "string"]], ["type": "null"]]]),
            ("List[int | None]", ["type": "array", "items": ["type": ["integer", "null"]]]),
        ] as [(String, JSONValue)]
    )
    func combinations(spelling: String, schema: JSONValue) {
        #expect(JSONValue.object(TypeSpelling.schema(of: spelling)) == schema)
    }

    @Test(
        "What is not known has no type",
        arguments: [
            "", " ", "Enum", "file", "Date (yyyy-mm-dd)", "any", "Optional[Thing]", "str | Thing", "Foo[int]", "[]x",
            "[", "]",
            "<>", "|", "Union[int", "int?", String(repeating: "list[", count: 39) + "int",
            String(repeating: "x", count: 1_000_000),
        ]
    )
    func unknown(_ spelling: String) {
        #expect(TypeSpelling.schema(of: spelling).isEmpty)
    }

    @Test("Deep and unbalanced spellings end early")
    func hostile() {
        let deep = String(repeating: "list[", count: 30) + "int" + String(repeating: "]", count: 30)
        #expect(TypeSpelling.schema(of: deep)["type"] == "array")
        _ = TypeSpelling.schema(of: String(repeating: "[", count: 100) + String(repeating: "]", count: 100))
        _ = TypeSpelling.schema(of: String(repeating: "a|", count: 100))
    }

    @Test("A type may be a list of types, as in JSON Schema")
    func lists() throws {
        let nullable = try #require(TypedParameter(["name": "x", "type": ["string", "null"]]))
        #expect(nullable.schema == ["type": ["string", "null"]])
        #expect(TypedParameter(["name": "x", "type": 3])?.schema == [:])
        #expect(TypedParameter(["name": "x"])?.isRequired == false)
        #expect(TypedParameter(["name": 3]) == nil)
        #expect(TypedParameter("x") == nil)
    }
}
