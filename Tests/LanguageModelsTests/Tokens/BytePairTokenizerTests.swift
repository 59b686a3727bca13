import Testing

@testable import LanguageModels

@Suite("A byte-pair tokenizer")
struct BytePairTokenizerTests {
    @Test("counts as many tokens as it lists, and they spell the text")
    func counts() throws {
        let tokenizer = try VocabularyText.tokenizer(adding: ["th", "the", " the", "in"])
        for text in ["", "the thing in the inn", "  the\n\nthe", "日本 é", "a<|im_end|>b"] {
            #expect(tokenizer.count(text) == tokenizer.encode(text).count)
        }
        #expect(tokenizer.pieces("in the thin") == ["in", " the", " ", "th", "in"])
        #expect(tokenizer.source == .counted)
    }

    @Test("composes letters and accents before it counts")
    func composition() throws {
        let tokenizer = try VocabularyText.tokenizer(adding: ["é", "가"])
        #expect(tokenizer.pieces("e\u{301}") == ["é"])
        #expect(tokenizer.pieces("\u{1100}\u{1161}") == ["가"])
        #expect(tokenizer.pieces("é") == ["é"])
        // Marks move past the two that a Tibetan vowel consists of.
        #expect(tokenizer.encode("x\u{344}\u{F73}") == tokenizer.encode("x\u{F71}\u{F72}\u{308}\u{301}"))
    }

    @Test(
        "counts a special token that is written out as one, and anything like it as text",
        arguments: [
            ("<|endoftext|>", [256]),
            ("<|im_start|><|im_end|>", [257, 258]),
            ("<|extra_0|>", [259]),
            ("<|extra_204|>", [463]),
            ("a<|im_end|>", [97, 258]),
        ]
    )
    func special(text: String, ids: [Int32]) throws {
        #expect(try VocabularyText.tokenizer().encode(text) == ids)
    }

    @Test(
        "reads no special token where its spelling is off",
        arguments: [
            "<|extra_205|>", "<|extra_00|>", "<|extra_|>", "<|extra_1", "<|im_end|", "<|IM_END|>", "<|", "<||>",
        ]
    )
    func notSpecial(text: String) throws {
        #expect(try VocabularyText.tokenizer().encode(text) == text.utf8.map(Int32.init))
    }

    @Test("treats the text before a special token as a text of its own")
    func bounds() throws {
        let tokenizer = try VocabularyText.tokenizer(adding: ["  "])
        #expect(tokenizer.pieces("a  <|im_end|>") == ["a", "  ", "<259>"])
        #expect(tokenizer.pieces("a  b") == ["a", " ", " ", "b"])
    }

    @Test("takes a long text without a space")
    func longPiece() throws {
        let tokenizer = try VocabularyText.tokenizer(adding: ["aa", "aaaa", "aaaaaaaa"])
        #expect(tokenizer.count(String(repeating: "a", count: 1 << 17)) == 1 << 14)
    }

    @Test("knows the bytes of its tokens and of no others")
    func bytes() throws {
        let tokenizer = try VocabularyText.tokenizer(adding: ["the"])
        #expect(tokenizer.bytes(of: 255) == [255])
        #expect(tokenizer.bytes(of: 256) == Array("the".utf8))
        #expect(tokenizer.bytes(of: 257) == nil)
        #expect(tokenizer.bytes(of: -1) == nil)
    }

    @Test("counts a conversation with the marks around its messages")
    func conversation() throws {
        let tokenizer = try VocabularyText.tokenizer(adding: ["user", "assistant"])
        // <|im_start|> u s e r \n H i <|im_end|> \n <|im_start|> assistant \n
        #expect(tokenizer.count([.user("Hi")]) == 1 + 1 + 1 + 2 + 1 + 1 + 1 + 1 + 1)
        let usage = tokenizer.usage(of: ChatRequest(messages: [.user("Hi")]), completion: "yes")
        #expect(usage == TokenUsage(prompt: 10, completion: 3, source: .counted))
    }

    @Test("has an estimate beside it that says so")
    func estimate() {
        #expect(LengthEstimate().count("") == 0)
        #expect(LengthEstimate().count("12345") == 2)
        #expect(LengthEstimate().source == .estimated)
    }
}
