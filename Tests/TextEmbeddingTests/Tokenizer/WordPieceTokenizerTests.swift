import Testing

@testable import TextEmbedding

@Suite("Word pieces")
struct WordPieceTokenizerTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let text: String
        let pieces: [String]

        init(_ description: String, _ text: String, _ pieces: [String]) {
            testDescription = description
            self.text = text
            self.pieces = pieces
        }
    }

    static let uncased = [
        Case("empty text", "", []),
        Case("white space alone", " \t\r\n\u{A0}\u{3000}\u{2028}", []),
        Case("known words", "the dataset", ["the", "dataset"]),
        Case("longest piece first", "unwanted running", ["un", "##want", "##ed", "run", "##ning"]),
        Case("a piece that begins a word does not continue one", "unthe", ["[UNK]"]),
        Case("a piece that continues a word does not begin one", "ning", ["[UNK]"]),
        Case("a word is unknown as a whole", "unwantedx the", ["[UNK]", "the"]),
        Case("upper case", "The DATASET", ["the", "dataset"]),
        Case("punctuation stands alone", "don't,run!?", ["don", "'", "t", ",", "run", "!", "?"]),
        Case("ASCII symbols are punctuation", "a=b<a$b`", ["a", "=", "b", "<", "a", "$", "b", "`"]),
        Case("the mark of a continuation in the text", "##ed", ["#", "#", "ed"]),
        Case("precomposed accent", "caf\u{E9}", ["cafe"]),
        Case("combining accent", "cafe\u{301}", ["cafe"]),
        Case("accents alone are no word", "\u{301}\u{302} the", ["the"]),
        Case("a negated sign decomposes to punctuation", "a\u{2260}b\u{226E}", ["a", "=", "b", "<"]),
        Case("a final sigma is not special", "\u{3A3}", ["\u{3C3}"]),
        Case("capital I with dot", "\u{130}", ["i"]),
        Case("capital sharp s", "SS \u{1E9E}", ["ss", "[UNK]"]),
        Case("ideographs stand alone", "\u{4E2D}\u{6587}a", ["\u{4E2D}", "\u{6587}", "a"]),
        Case("a compatibility ideograph is unified", "a\u{F900}b", ["a", "\u{8C48}", "b"]),
        Case("Hangul is spelt in letters", "\u{D55C}\u{AC00}", ["[UNK]"]),
        Case("Hangul syllable", "\u{D55C}", ["\u{1112}\u{1161}\u{11AB}"]),
        Case("emoji are letters", "\u{1F680}\u{1F680}", ["\u{1F680}", "##\u{1F680}"]),
        Case("joiners and variation selectors go", "\u{1F680}\u{200D}\u{1F680}\u{FE0F}", ["\u{1F680}", "##\u{1F680}"]),
        Case("controls go and do not separate", "da\u{0}ta\u{7F}s\u{AD}et", ["dataset"]),
        Case("vertical tab and form feed are controls", "a\u{B}b\u{C}", ["ab"]),
        Case("marks of direction go", "\u{200F}the\u{202C}\u{FEFF}", ["the"]),
        Case("private use and replacement go", "a\u{E000}\u{FFFD}\u{10FFFD}b", ["ab"]),
        Case("special tokens in the text", "a[SEP]b [MASK][CLS]", ["a", "[SEP]", "b", "[MASK]", "[CLS]"]),
        Case("special tokens are case sensitive", "[sep]", ["[", "sep", "]"]),
        Case("special tokens are found before controls go", "[S\u{200B}EP]", ["[", "sep", "]"]),
        Case("half a special token", "[CLS [[SEP]]", ["[", "cls", "[", "[SEP]", "]"]),
        Case("a hundred scalars", String(repeating: "b", count: 100), ["b"] + Array(repeating: "##b", count: 99)),
        Case("more than a hundred scalars", String(repeating: "b", count: 101) + " the", ["[UNK]", "the"]),
        Case("accents do not count", "a" + String(repeating: "\u{301}", count: 500), ["a"]),
    ]

    @Test("Texts are cut as BERT cuts them", arguments: uncased)
    func pieces(example: Case) throws {
        let pieces = try SmallVocabulary.tokenizer().pieces(of: example.text)
        #expect(pieces.map { Array($0.utf8) } == example.pieces.map { Array($0.utf8) })
    }

    @Test("A cased vocabulary keeps case and accents")
    func cased() throws {
        let tokenizer = try SmallVocabulary.tokenizer(lowercase: false)
        #expect(tokenizer.pieces(of: "Cafe caf\u{E9} cafe The") == ["Cafe", "caf\u{E9}", "cafe", "[UNK]"])
        #expect(tokenizer.pieces(of: "cafe\u{301}") == ["[UNK]"])
    }

    @Test("Accents can be kept in lower case and stripped in both cases")
    func accents() throws {
        #expect(try SmallVocabulary.tokenizer(stripAccents: false).pieces(of: "CAF\u{C9}") == ["caf\u{E9}"])
        let cased = try SmallVocabulary.tokenizer(lowercase: false, stripAccents: true)
        #expect(cased.pieces(of: "Caf\u{E9} CAFE") == ["Cafe", "[UNK]"])
    }

    @Test("Ideographs can stay together")
    func ideographsTogether() throws {
        let tokenizer = try SmallVocabulary.tokenizer(splitChinese: false)
        #expect(tokenizer.pieces(of: "\u{4E2D}\u{6587}") == ["\u{4E2D}", "##\u{6587}"])
    }

    @Test("A sequence begins and ends with its marks")
    func marks() throws {
        let tokenizer = try SmallVocabulary.tokenizer()
        #expect(tokenizer.encode("", limit: 8) == TokenSequence(ids: [2, 3], isTruncated: false))
        #expect(tokenizer.encode("unwanted", limit: 8) == TokenSequence(ids: [2, 5, 6, 7, 3], isTruncated: false))
        #expect(tokenizer.paddingToken == 0)
        #expect(tokenizer.unknownToken == 1)
    }

    @Test("An id tells whether it continues a word")
    func continuations() throws {
        let tokenizer = try SmallVocabulary.tokenizer()
        let ids = tokenizer.encode("unwanted run 12", limit: 16).ids
        #expect(ids.map(tokenizer.continuesWord) == [false, false, true, true, false, false, true, false])
        #expect(!tokenizer.continuesWord(-1))
        #expect(!tokenizer.continuesWord(.max))
    }

    @Test("Every id has its piece, and no other number has one")
    func pieceOfID() throws {
        let tokenizer = try SmallVocabulary.tokenizer()
        #expect(tokenizer.vocabularySize == SmallVocabulary.pieces.count)
        #expect((0..<Int32(tokenizer.vocabularySize)).map { tokenizer.piece(of: $0) } == SmallVocabulary.pieces)
        #expect(tokenizer.piece(of: -1) == nil)
        #expect(tokenizer.piece(of: Int32(tokenizer.vocabularySize)) == nil)
    }
}
