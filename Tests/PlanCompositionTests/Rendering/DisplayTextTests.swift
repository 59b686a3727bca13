import Testing

@testable import PlanComposition

@Suite("Text for display")
struct DisplayTextTests {
    @Test(
        "is as wide as a terminal shows it",
        arguments: [
            ("abc", 3), ("", 0), ("日本語", 6), ("한국", 4), ("é", 1), ("e\u{301}", 1), ("👩‍👩‍👧", 2), ("🇩🇪", 2), ("✂️", 2),
            ("→", 1), ("ﾊ", 1), ("！", 2), ("\u{200D}", 0),
        ]
    )
    func width(text: String, columns: Int) { #expect(DisplayText.width(text) == columns) }

    @Test("on one line has no control, escape or direction characters")
    func line() {
        #expect(DisplayText.line("a\n\tb\u{1B}[31mc\u{202E}d\u{2028}e  f ") == "a b [31mc d e f")
        #expect(DisplayText.line("👩‍👩‍👧") == "👩‍👩‍👧")
    }

    @Test("is cut with an ellipsis that fits")
    func cut() {
        #expect(DisplayText.cut("abcdef", to: 6) == "abcdef")
        #expect(DisplayText.cut("abcdefg", to: 6) == "abcde…")
        #expect(DisplayText.cut("日本語", to: 5) == "日本…")
        #expect(DisplayText.cut("日本語", to: 4) == "日…")
        #expect(DisplayText.cut("abc", to: 0) == "")
    }

    @Test("wraps into lines that fit, whatever the text", arguments: [1, 2, 7, 20])
    func wrap(width: Int) {
        for text in ["", "a", "one two three four", String(repeating: "x", count: 50), "日本語のテキスト と word", "👩‍👩‍👧👩‍👩‍👧"] {
            let lines = DisplayText.wrap(text, to: width, lines: 3)
            #expect((1...3).contains(lines.count))
            #expect(lines.allSatisfy { DisplayText.width($0) <= max(width, 2) }, "\(lines)")
        }
    }

    @Test("says when lines are missing")
    func wrapCut() {
        #expect(DisplayText.wrap("one two three", to: 5, lines: 2) == ["one", "two…"])
        #expect(DisplayText.wrap("one two", to: 5, lines: 2) == ["one", "two"])
    }
}
