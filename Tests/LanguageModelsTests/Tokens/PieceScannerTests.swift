import Testing

@testable import LanguageModels

@Suite("Cutting a text into pieces")
struct PieceScannerTests {
    private func pieces(_ text: String) -> [String] {
        let bytes = Array(text.utf8)
        var scanner = PieceScanner(bytes.indices)
        var pieces: [String] = []
        while let piece = scanner.next(in: bytes.span) { pieces.append(String(decoding: bytes[piece], as: UTF8.self)) }
        return pieces
    }

    @Test(
        "keeps a space with the word after it, and cuts everything else where the pattern does",
        arguments: [
            ("", []),
            ("Download the dataset.", ["Download", " the", " dataset", "."]),
            ("x=1234;", ["x", "=", "1", "2", "3", "4", ";"]),
            ("don't we'LL I'd they'Re 'twas", ["don", "'t", " we", "'LL", " I", "'d", " they", "'Re", " '", "twas"]),
            ("'s'ſ'x", ["'s", "'ſ", "'x"]),
            ("'\u{13}'", ["'\u{13}'"]),
            ("l'été", ["l", "'été"]),
            ("a  b   c", ["a", " ", " b", "  ", " c"]),
            ("a \t b", ["a", " \t", " b"]),
            ("a\tb", ["a", "\tb"]),
            ("a \u{3000}b", ["a", " ", "\u{3000}b"]),
            ("trailing   ", ["trailing", "   "]),
            ("one\n\n  two", ["one", "\n\n", " ", " two"]),
            ("one \n \n two", ["one", " \n \n", " two"]),
            ("end.\r\n\r\nNext", ["end", ".\r\n\r\n", "Next"]),
            ("a !!\nb", ["a", " !!\n", "b"]),
            ("(foo) [bar]", ["(foo", ")", " [", "bar", "]"]),
            ("\nfoo", ["\n", "foo"]),
            ("数据 分析。好", ["数据", " 分析", "。好"]),
            ("२३ ½", ["२", "३", " ", "½"]),
            ("e\u{301}a", ["e", "\u{301}a"]),
            // A letter that Unicode 17 added: the reference has the categories of Unicode 16.
            ("a\u{A7CE}", ["a", "\u{A7CE}"]),
            ("👩‍💻 ok", ["👩‍💻", " ok"]),
        ]
    )
    func table(text: String, expected: [String]) {
        #expect(pieces(text) == expected)
    }

    @Test("leaves nothing out and nothing empty")
    func coverage() {
        let signs = ["a", "É", "1", " ", "\n", "\r", "\t", ".", "'", "s", "字", "\u{301}", "🚀", "\u{85}", "l"]
        var state: UInt64 = 1
        for _ in 0..<2_000 {
            var text = ""
            for _ in 0..<12 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text += signs[Int(state >> 33) % signs.count]
            }
            let found = pieces(text)
            #expect(found.joined().utf8.elementsEqual(text.utf8))
            #expect(!found.contains(""))
        }
    }
}
