import CommandLineInterface
import Testing

@Suite("Text on a terminal")
struct TextTests {
    @Test(
        "takes the columns a terminal gives it",
        arguments: [
            ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("表", 2), ("ハロー", 6), ("한국", 4), ("🙂", 2), ("👩‍💻", 2),
            ("…", 1), ("ａ", 2), ("a\u{200B}b", 2),
        ]
    )
    func width(text: String, columns: Int) {
        #expect(text.displayWidth == columns)
    }

    @Test(
        "is cut and filled to columns, not characters",
        arguments: [
            ("abc", 5, "abc  "), ("abc", 3, "abc"), ("abcd", 3, "ab…"), ("表表", 3, "表…"), ("表表", 2, "… "),
            ("ab", 1, "…"), ("ab", 0, ""),
        ]
    )
    func cut(text: String, columns: Int, expected: String) {
        #expect(text.truncated(toColumns: columns).padded(toColumns: columns) == expected)
    }

    @Test(
        "is wrapped between words",
        arguments: [
            ("", 10, [""]), ("one two", 10, ["one two"]), ("one two", 7, ["one two"]), ("one two", 6, ["one", "two"]),
            ("one\ntwo three", 5, ["one", "two", "three"]), ("a\n\nb", 5, ["a", "", "b"]),
            ("https://example.org/a/b is long", 10, ["https://example.org/a/b", "is long"]), ("a  b", 10, ["a b"]),
            ("表表 表表", 8, ["表表", "表表"]), ("表表 表表", 9, ["表表 表表"]),
            ("see\n    a  b  c d\nthat is it", 6, ["see", "    a  b  c d", "that", "is it"]),
        ]
    )
    func wrap(text: String, columns: Int, lines: [String]) {
        #expect(text.wrapped(toColumns: columns) == lines)
    }

    @Test("is styled only where styles are shown")
    func style() {
        #expect(TextStyler(isEnabled: true)("x", .bold, .green) == "\u{1B}[1;32mx\u{1B}[0m")
        #expect(TextStyler(isEnabled: true)("", .bold) == "")
        #expect(TextStyler(isEnabled: true)("x") == "x")
        #expect(TextStyler(isEnabled: false)("x", .bold, .green) == "x")
    }

    static let colors: [(choice: ColorChoice, isTerminal: Bool, environment: [String: String], applies: Bool)] = [
        (.auto, true, ["TERM": "xterm"], true),
        (.auto, false, ["TERM": "xterm"], false),
        (.auto, true, ["TERM": "dumb"], false),
        (.auto, true, [:], false),
        (.auto, true, ["TERM": "xterm", "NO_COLOR": "1"], false),
        (.auto, true, ["TERM": "xterm", "NO_COLOR": ""], true),
        (.always, false, ["TERM": "dumb", "NO_COLOR": "1"], true),
        (.never, true, ["TERM": "xterm"], false),
    ]

    @Test("is coloured on terminals that can, unless the user said otherwise", arguments: colors.indices)
    func color(index: Int) {
        let (choice, isTerminal, environment, applies) = Self.colors[index]
        #expect(choice.applies(toTerminal: isTerminal, environment: Environment(environment)) == applies)
    }
}
