import JSONSchema
import SkillCatalog
import TestSupport
import Testing

@Suite("YAML becomes plain data, within bounds")
struct YAMLReaderTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var yaml: String
        var json: JSONValue
        var testDescription: String { yaml }

        init(_ yaml: String, _ json: JSONValue) {
            self.yaml = yaml
            self.json = json
        }
    }

    @Test(
        "Mappings, sequences and scalars in every style are read",
        arguments: [
            Case("", nil),
            Case("# only a comment\n", nil),
            Case("a: 1\nb: two", ["a": 1, "b": "two"]),
            Case("a:\n  - 1\n  - [x, \"y\"]\n  - {z: null}\n", ["a": [1, ["x", "y"], ["z": nil]]]),
            Case("a: |\n  line 1\n  line 2\n", ["a": "line 1\nline 2\n"]),
            Case("a: >-\n  one\n  two\n\n  three\n", ["a": "one two\nthree"]),
            Case("a: 'it''s'\nb: \"tab\\t\\u00e9\"", ["a": "it's", "b": "tab\té"]),
            Case("1: x\ntrue: y", ["1": "x", "true": "y"]),
            Case("a: \"1\"\nb: '2'\nc: 3", ["a": "1", "b": "2", "c": 3]),
            Case("a: !!str 5\nb: !!int 5\nc: !!float 5\nd: ! 6", ["a": "5", "b": 5, "c": .number(5), "d": "6"]),
            Case("!!map\na: !!seq [1]", ["a": [1]]),
            Case("just text", "just text"),
            Case("- a\n- b", ["a", "b"]),
            Case("a: b\r\nc: d\r\n", ["a": "b", "c": "d"]),
            Case("emoji: 🐍 é 中\n", ["emoji": "🐍 é 中"]),
            Case("---\na: 1\n...\n", ["a": 1]),
            Case("a:\nb: ~", ["a": nil, "b": nil]),
        ]
    )
    func values(_ example: Case) throws {
        let document = try YAMLReader.read(example.yaml)
        #expect(document.root.json == example.json)
        #expect(document.duplicates.isEmpty)
    }

    @Test("Members keep their order and their lines")
    func lines() throws {
        let root = try YAMLReader.read("z: 1\n\na:\n  - x\n  - b: |\n      t\n").root
        #expect(root.members?.map(\.name) == ["z", "a"])
        #expect(root.members?.map(\.line) == [1, 3])
        #expect(root.member("a")?.value.elements?.map(\.line) == [4, 5])
    }

    @Test("A scalar keeps the text its author wrote")
    func text() throws {
        let root = try YAMLReader.read("a: 1.0\nb: 0x1F\nc: Yes\nd: ~\ne: 'q'\nf:\n").root
        #expect(root.members?.map(\.value.text) == ["1.0", "0x1F", "Yes", "~", "q", ""])
    }

    @Test("A name that is written twice is reported, and the later value counts")
    func duplicates() throws {
        let document = try YAMLReader.read("a: 1\nb:\n  c: 2\n  c: 3\na: 4\n")
        #expect(document.root.json == ["a": 4, "b": ["c": 3]])
        #expect(document.duplicates.map(\.name) == ["c", "a"])
        #expect(document.duplicates.map(\.line) == [4, 5])
        #expect(document.duplicates.map(\.firstLine) == [3, 1])
    }

    struct Fault: Sendable, CustomTestStringConvertible {
        var yaml: String
        var line: Int
        /// Part of the reason.
        var reason: String
        var testDescription: String { yaml }

        init(_ yaml: String, line: Int, _ reason: String) {
            self.yaml = yaml
            self.line = line
            self.reason = reason
        }
    }

    @Test(
        "What cannot be read is named with its line",
        arguments: [
            Fault("a: 1\nb: [1, 2", line: 2, "did not find expected"),
            Fault("a: é\nb: {c: 1\n\n\n", line: 2, "did not find expected"),
            Fault("a: use when: always", line: 1, "put a value that contains a colon and a space in quotes"),
            Fault("a: 1\n\tb: 2", line: 2, "found a tab character"),
            Fault("a: \"open", line: 1, "unexpected end of stream"),
            Fault("a: 1\n  b: 2", line: 2, "not allowed"),
            Fault("a: &x 1", line: 1, "the anchor &x is refused"),
            Fault("a: 1\nb: &list [1]", line: 2, "the anchor &list is refused"),
            Fault("a: &m {b: 1}", line: 1, "the anchor &m is refused"),
            Fault("a: *x", line: 1, "the alias *x is refused"),
            Fault("*x : 1", line: 1, "the alias *x is refused"),
            Fault("a: !python/object:os.system x", line: 1, "the tag !python/object:os.system is not supported"),
            Fault("a: !!binary aGk=", line: 1, "is not supported"),
            Fault("a: !!int x", line: 1, "is not supported here"),
            Fault("a: !!bool 1", line: 1, "is not supported here"),
            Fault("a: !!set {x, y}", line: 1, "is not supported"),
            Fault("? [a, b]\n: 1", line: 1, "a name in a mapping must be a single text"),
            Fault("? {a: b}\n: 1", line: 1, "a name in a mapping must be a single text"),
            Fault("a: 1\n---\nb: 2", line: 2, "a second document starts here"),
            Fault("a: 1\n...\nb: 2", line: 3, "did not find expected <document start>"),
            Fault("a: \u{1}", line: 1, "control characters are not allowed"),
            Fault("a: 1\nb: \u{FFFE}", line: 2, "control characters are not allowed"),
            Fault("%YAML 9.0\n---\na: 1", line: 1, "incompatible YAML"),
        ]
    )
    func faults(_ example: Fault) {
        let error = #expect(throws: YAMLError.self) { try YAMLReader.read(example.yaml) }
        #expect(error?.line == example.line)
        #expect(error?.reason.contains(example.reason) == true, "\(error?.reason ?? "")")
    }

    @Test("Ten lines of aliases that stand for gigabytes are refused")
    func billionLaughs() {
        let yaml =
            "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n"
            + (1...9).map {
                "a\($0): &a\($0) [" + Array(repeating: "*a\($0 - 1)", count: 9).joined(separator: ", ") + "]"
            }
            .joined(separator: "\n")
        let error = #expect(throws: YAMLError.self) { try YAMLReader.read(yaml) }
        #expect(error?.reason.contains("&a0") == true)
    }

    @Test("Nesting is accepted to its limit and refused beyond it")
    func depth() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        let limit = YAMLLimits().depth
        _ = try YAMLReader.read(nested(limit))
        let error = #expect(throws: YAMLError.self) { try YAMLReader.read(nested(limit + 1)) }
        #expect(error?.reason == "nesting is deeper than \(limit) levels")
    }

    @Test("A text of nothing but opening brackets is refused", arguments: ["[", "{", "- ", "? "])
    func openings(_ opening: String) {
        #expect(throws: YAMLError.self) { try YAMLReader.read(String(repeating: opening, count: 20_000)) }
    }

    @Test("The number of values and the length of the text are bounded")
    func size() throws {
        let limits = YAMLLimits(bytes: 100, depth: 4, nodes: 10)
        _ = try YAMLReader.read("[1,2,3,4,5,6,7,8,9]", limits: limits)
        let tooMany = #expect(throws: YAMLError.self) { try YAMLReader.read("[1,2,3,4,5,6,7,8,9,10]", limits: limits) }
        #expect(tooMany?.reason == "there are more than 10 values")
        let tooLong = #expect(throws: YAMLError.self) {
            try YAMLReader.read(String(repeating: "x", count: 101), limits: limits)
        }
        #expect(tooLong?.reason == "the text is longer than 100 bytes, the most that is read")
    }

    @Test("A text cut anywhere is read or refused, never worse")
    func truncation() {
        let text = Array("name: x\nlist: [1, {a: 'b'}]\nblock: |\n  é 🐍\n\"q\\u00e9\": >-\n  z\n".unicodeScalars)
        for length in 0...text.count {
            let part = String(String.UnicodeScalarView(text[..<length]))
            _ = try? YAMLReader.read(part)
        }
    }

    @Test("Random bytes of YAML's own alphabet are read or refused, never worse")
    func fuzz() {
        var random = SeededGenerator(seed: 7)
        let alphabet = Array(" \n\t-:?[]{},&*!|>'\"%@#ab1~.é\r")
        for _ in 0..<3_000 {
            let text = String(
                (0..<Int.random(in: 0..<60, using: &random)).compactMap { _ in alphabet.randomElement(using: &random) }
            )
            guard let document = try? YAMLReader.read(text) else { continue }
            _ = document.root.json.serialized()
        }
    }
}
