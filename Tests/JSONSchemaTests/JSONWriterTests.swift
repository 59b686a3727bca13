import JSONSchema
import TestSupport
import Testing

@Suite("JSON values are written as text that reads back")
struct JSONWriterTests {
    @Test("Compact text is one line without spaces")
    func compact() {
        let value: JSONValue = ["b": [1, 2.5, "x"], "a": [:], "c": [], "d": nil, "e": true]
        #expect(value.serialized() == #"{"b":[1,2.5,"x"],"a":{},"c":[],"d":null,"e":true}"#)
    }

    @Test("Indented text has two spaces a level")
    func indented() {
        let value: JSONValue = ["b": [1, ["c": nil]], "a": [:]]
        let expected = """
            {
              "b": [
                1,
                {
                  "c": null
                }
              ],
              "a": {}
            }
            """
        #expect(value.serialized(.indented) == expected)
    }

    @Test("What JSON cannot hold becomes null", arguments: [Double.nan, .infinity, -.infinity])
    func nonFinite(_ number: Double) {
        #expect(JSONValue.array([.number(number)]).serialized() == "[null]")
    }

    @Test(
        "Characters that JSON forbids are escaped, others are not",
        arguments: [
            ("\"\\/", #""\"\\/""#), ("\n\r\t", #""\n\r\t""#),
            ("\u{0}\u{8}\u{1F}\u{7F}", #""\u0000\u0008\u001f\u007f""#),
            ("é€😀", "\"é€😀\""), ("\r\n", #""\r\n""#),
        ]
    )
    func escapes(text: String, json: String) {
        #expect(JSONValue.string(text).serialized() == json)
    }

    @Test(
        "Values survive writing and reading, in both layouts",
        arguments: [
            .null, true, .integer(.max), .integer(.min), .number(0.1), .number(1), .number(-0.0),
            .number(.leastNonzeroMagnitude),
            .number(1.7976931348623157e308), .number(1e21), .number(123_456_789.125), "", "a\u{0}b", "\u{2028}😀", [],
            [:], [[[]]], ["a": ["b": [1, 2, ["c": "d"]]], "": nil],
        ] as [JSONValue]
    )
    func roundTrip(_ value: JSONValue) throws {
        #expect(try JSONParser.parse(value.serialized()) == value)
        #expect(try JSONParser.parse(value.serialized(.indented)) == value)
    }

    @Test("Random values survive writing and reading")
    func randomRoundTrip() throws {
        var random = SeededGenerator(seed: 42)
        for _ in 0..<500 {
            let value = Self.value(&random, depth: 0)
            let text = value.serialized()
            let read = try JSONParser.parse(text)
            #expect(read == value)
            #expect(read.serialized() == text)
        }
    }

    private static func value(_ random: inout SeededGenerator, depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth > 4 ? 5 : 7), using: &random) {
        case 0: .null
        case 1: .bool(Bool.random(using: &random))
        case 2: .integer(Int64.random(in: .min ... .max, using: &random))
        case 3: number(&random)
        case 4: .string(text(&random))
        case 5: .array((0..<Int.random(in: 0..<5, using: &random)).map { _ in value(&random, depth: depth + 1) })
        default:
            .object(
                JSONObject(
                    (0..<Int.random(in: 0..<5, using: &random)).map { _ in
                        (text(&random), value(&random, depth: depth + 1))
                    }
                )
            )
        }
    }

    private static func number(_ random: inout SeededGenerator) -> JSONValue {
        let number = Double(bitPattern: random.next())
        return .number(number.isFinite ? number : 0.5)
    }

    private static func text(_ random: inout SeededGenerator) -> String {
        let scalars = (0..<Int.random(in: 0..<8, using: &random)).compactMap { _ in
            Unicode.Scalar(UInt32.random(in: 0..<0x3000, using: &random))
        }
        return String(String.UnicodeScalarView(scalars))
    }
}
