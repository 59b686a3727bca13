import JSONSchema
import Testing

@Suite("JSON text is read strictly")
struct JSONParserTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var text: String
        var value: JSONValue
        var testDescription: String { text }

        init(_ text: String, _ value: JSONValue) {
            self.text = text
            self.value = value
        }
    }

    @Test(
        "Every kind of value is read",
        arguments: [
            Case("null", .null),
            Case("true", .bool(true)),
            Case("false", .bool(false)),
            Case("0", .integer(0)),
            Case("\"\"", .string("")),
            Case("[]", .array([])),
            Case("{}", .object([:])),
            Case(" \t\r\n[ 1 , 2 ]\n", .array([.integer(1), .integer(2)])),
            Case("{\"a\":{\"b\":[null]}}", .object(["a": .object(["b": .array([.null])])])),
            Case("\u{FEFF}[1]", .array([.integer(1)])),
        ]
    )
    func values(_ example: Case) throws {
        #expect(try JSONParser.parse(example.text) == example.value)
    }

    @Test(
        "Whole numbers of 64 bits stay exact, all others are doubles",
        arguments: [
            Case("9223372036854775807", .integer(.max)),
            Case("-9223372036854775808", .integer(.min)),
            Case("9223372036854775808", .number(9_223_372_036_854_775_808)),
            Case("-0", .integer(0)),
            Case("-0.0", .number(-0.0)),
            Case("1.0", .number(1)),
            Case("1e2", .number(100)),
            Case("1E+2", .number(100)),
            Case("125e-2", .number(1.25)),
            Case("0.1", .number(0.1)),
            Case("1.7976931348623157e308", .number(.greatestFiniteMagnitude)),
            Case("5e-324", .number(.leastNonzeroMagnitude)),
            Case("1e-400", .number(0)),
            Case("123456789012345678901234567890", .number(1.2345678901234568e29)),
        ]
    )
    func numbers(_ example: Case) throws {
        #expect(try JSONParser.parse(example.text) == example.value)
    }

    @Test(
        "Escapes and surrogate pairs become characters",
        arguments: [
            Case(#""\"\\\/\b\f\n\r\t""#, .string("\"\\/\u{8}\u{C}\n\r\t")),
            Case(#""\u0041\u00e9\u20AC""#, .string("Aé€")),
            Case(#""\uD83D\uDE00""#, .string("😀")),
            Case(#""\u0000""#, .string("\0")),
            Case(#""a\uD83Db""#, .string("a\u{FFFD}b")),
            Case(#""\uDE00""#, .string("\u{FFFD}")),
            Case(#""\uD83D\uD83D\uDE00""#, .string("\u{FFFD}😀")),
            Case(#""\uD83D\n""#, .string("\u{FFFD}\n")),
            Case(#""\uD83D\u0041""#, .string("\u{FFFD}A")),
            Case("\"é€😀\u{2028}\u{7F}\"", .string("é€😀\u{2028}\u{7F}")),
        ]
    )
    func strings(_ example: Case) throws {
        #expect(try JSONParser.parse(example.text) == example.value)
    }

    @Test("Members keep their order; of two with one name the later counts, in the place of the first")
    func order() throws {
        let value = try JSONParser.parse(#"{"z":1,"a":2,"m":3,"a":4}"#)
        #expect(value.objectValue?.keys == ["z", "a", "m"])
        #expect(value["a"] == 4)
    }

    @Test("Names that only look alike are different members")
    func canonicallyEquivalentNames() throws {
        let value = try JSONParser.parse("{\"caf\u{E9}\":1,\"cafe\u{301}\":2}")
        #expect(value.objectValue?.count == 2)
    }

    struct Fault: Sendable, CustomTestStringConvertible {
        /// The text; the fault stands where `⟦` is, or at the end.
        var marked: String
        var reason: String
        var testDescription: String { marked }

        init(_ marked: String, _ reason: String) {
            self.marked = marked
            self.reason = reason
        }
    }

    @Test(
        "A fault is named with its line and column",
        arguments: [
            Fault("⟦", "the text ends where a value should start"),
            Fault("  \n ⟦", "the text ends where a value should start"),
            Fault("[1,⟦", "the text ends where a value should start"),
            Fault("[⟦,]", "unexpected ','"),
            Fault("[1,⟦]", "unexpected ']'"),
            Fault("[1 ⟦2]", "a comma or ] is missing after an element"),
            Fault("[1⟦", "a comma or ] is missing after an element"),
            Fault("{\n  ⟦a: 1}", "a member name in double quotes is missing"),
            Fault("{\"a\" ⟦1}", "a colon is missing after the member name"),
            Fault("{\"a\":1,⟦}", "a member name in double quotes is missing"),
            Fault("{\"a\":1⟦", "a comma or } is missing after a member"),
            Fault("{\"a\"⟦", "a colon is missing after the member name"),
            Fault("{\"a\":⟦", "the text ends where a value should start"),
            Fault("[1]\n⟦x", "text after the end of the JSON value"),
            Fault("⟦nul", "unknown word; null was expected"),
            Fault("⟦True", "unexpected 'T'"),
            Fault("⟦'a'", "unexpected '''"),
            Fault("⟦NaN", "unexpected 'N'"),
            Fault("-⟦", "a digit is missing"),
            Fault("-⟦Infinity", "a digit is missing"),
            Fault("0⟦1", "a number must not start with 0"),
            Fault("1.⟦", "a digit is missing"),
            Fault("1e⟦", "a digit is missing"),
            Fault("⟦.5", "unexpected '.'"),
            Fault("⟦+1", "unexpected '+'"),
            Fault("⟦1e999", "the number 1e999 is out of range"),
            Fault("\"a⟦\nb\"", "a control character inside a string must be escaped"),
            Fault("\"\\n⟦\tb\"", "a control character inside a string must be escaped"),
            Fault("\"abc⟦", "the string is not closed"),
            Fault("\"abc\\n⟦", "the string is not closed"),
            Fault("\"a⟦\\x\"", "unknown escape: backslash and 'x'"),
            Fault("\"a\\u12⟦\"  ", "\\u needs four hexadecimal digits"),
            Fault("\"a\\u⟦12\"", "\\u needs four hexadecimal digits"),
            Fault("\"a\\u12⟦G4\"", "\\u needs four hexadecimal digits"),
            Fault("\"\\uD83D\\u⟦zzzz\"", "\\u needs four hexadecimal digits"),
            Fault("[\n\n  ⟦tru", "unknown word; true was expected"),
            Fault("\u{FEFF}⟦x", "unexpected 'x'"),
            Fault("⟦é", "unexpected byte 195"),
        ]
    )
    func faults(_ example: Fault) throws {
        let parts = example.marked.split(separator: "⟦", omittingEmptySubsequences: false)
        let text = parts.joined()
        let before = parts[0]
        let error = #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(text) }
        #expect(error?.reason == example.reason)
        #expect(error?.line == before.utf8.filter { $0 == 0x0A }.count + 1)
        // A byte order mark is no part of the text.
        let lastLine = before.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).last ?? [][...]
        let mark = lastLine.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        #expect(error?.column == lastLine.count - mark + 1)
    }

    @Test(
        "Bytes that are not UTF-8 are refused inside strings and outside",
        arguments: [
            [0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
            [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], [0x22, 0x5C, 0x6E, 0x80, 0x22], [0xFF], [0x00], [0x5B, 0x00, 0x5D],
        ] as [[UInt8]]
    )
    func invalidBytes(_ bytes: [UInt8]) {
        #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(utf8: bytes) }
    }

    @Test("Invalid UTF-8 in a string is reported where the string stands")
    func invalidBytesPosition() {
        let bytes = Array("{\n\"a\": \"x".utf8) + [0xFF] + Array("\"}".utf8)
        let error = #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(utf8: bytes) }
        #expect(error?.reason == "the text is not valid UTF-8")
        #expect(error?.line == 2)
    }

    @Test("Nesting is accepted to its limit and refused beyond it", arguments: ["[", "{\"a\":"])
    func depth(opening: String) throws {
        let closing = opening == "[" ? "]" : "}"
        func nested(_ depth: Int) -> String {
            String(repeating: opening, count: depth) + (opening == "[" ? "" : "1")
                + String(repeating: closing, count: depth)
        }
        let deepest = try JSONParser.parse(nested(JSONParser.maximumDepth))
        #expect(try JSONParser.parse(deepest.serialized()) == deepest)
        let error = #expect(throws: JSONSyntaxError.self) {
            try JSONParser.parse(nested(JSONParser.maximumDepth + 1))
        }
        #expect(error?.reason == "nesting is deeper than 512 levels")
        // Siblings do not add up.
        #expect(try JSONParser.parse("[" + String(repeating: "[],", count: 1_000) + "[]]").arrayValue?.count == 1_001)
    }

    @Test("A million opening brackets are refused at the limit")
    func openBrackets() {
        let error = #expect(throws: JSONSyntaxError.self) {
            try JSONParser.parse(utf8: [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000))
        }
        #expect(error?.column == 514)
    }

    @Test("A text cut anywhere is refused, not misread")
    func truncation() throws {
        let text = Array(#"{"a":[1.5e3,"x\u00e9\n",true,null],"é":{"b":-2}}"#.utf8)
        _ = try JSONParser.parse(utf8: text)
        for length in 0..<text.count {
            #expect(throws: JSONSyntaxError.self, "\(length) bytes") {
                try JSONParser.parse(utf8: Array(text[..<length]))
            }
        }
    }
}
