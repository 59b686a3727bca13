import Testing

@testable import TextEmbedding

@Suite("Truncation")
struct TruncationTests {
    @Test("A sequence is cut at the limit, inside a word if need be", arguments: 2...8)
    func limits(limit: Int) throws {
        let tokenizer = try SmallVocabulary.tokenizer()
        let whole = tokenizer.encode("the unwanted dataset", limit: .max)
        #expect(whole.ids.count == 7)
        let cut = tokenizer.encode("the unwanted dataset", limit: limit)
        #expect(cut.ids == whole.ids.dropLast().prefix(limit - 1) + [tokenizer.separatorToken])
        #expect(cut.isTruncated == (limit < 7))
    }

    @Test("A limit below two leaves the marks", arguments: [1, 0, -1, .min])
    func tinyLimits(limit: Int) throws {
        let tokenizer = try SmallVocabulary.tokenizer()
        #expect(tokenizer.encode("the", limit: limit) == TokenSequence(ids: [2, 3], isTruncated: true))
        #expect(tokenizer.encode("", limit: limit) == TokenSequence(ids: [2, 3], isTruncated: false))
    }

    @Test("What leaves no token is not missed", arguments: ["", " ", "\u{301}\u{200B}\u{0}", " \n\u{E000}"])
    func invisibleRest(rest: String) throws {
        #expect(try !SmallVocabulary.tokenizer().encode("the cafe" + rest, limit: 4).isTruncated)
    }

    @Test("What leaves a token is missed", arguments: ["x", " .", "[SEP]", "\u{301}\u{4E2D}"])
    func visibleRest(rest: String) throws {
        #expect(try SmallVocabulary.tokenizer().encode("the dataset " + rest, limit: 4).isTruncated)
    }

    @Test("Looking for another word reads no further than its first scalar")
    func stopsEarly() throws {
        let text = "a  \u{301}" + String(repeating: "b", count: 100_000)
        let bytes = text.utf8Span.span
        var scanner = WordScanner(classes: ScalarClassTable(TextNormalization()), specialTokens: [])
        #expect(scanner.next(in: bytes) == .word)
        #expect(scanner.position == 2)
        let hasNext = scanner.hasNext(in: bytes)
        #expect(hasNext)
        #expect(scanner.position == 6)
    }
}
