import Testing

@testable import TextEmbedding

@Suite("Places of tokens")
struct TokenLocatorTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var text: String
        var prefix = ""
        /// Each token's part of the text, and its word.
        var tokens: [(String, Int?)]
        var testDescription: String { prefix + text }
    }

    @Test(
        "Each token says which part of the text it is, and of which word",
        arguments: [
            Case(text: "", tokens: [("", nil), ("", nil)]),
            Case(text: "the unwanted", tokens: [("", nil), ("the", 0), ("un", 1), ("want", 1), ("ed", 1), ("", nil)]),
            Case(text: " The, café ", tokens: [("", nil), ("The", 0), (",", 1), ("café", 2), ("", nil)]),
            Case(text: "the qqq[SEP]", tokens: [("", nil), ("the", 0), ("qqq", 1), ("[SEP]", 2), ("", nil)]),
            Case(text: "the", prefix: "dataset ", tokens: [("", nil), ("", nil), ("the", 0), ("", nil)]),
            Case(text: "the", prefix: "[SEP] the ", tokens: [("", nil), ("", nil), ("", nil), ("the", 0), ("", nil)]),
        ]
    )
    func table(row: Case) throws {
        let tokens = try SmallVocabulary.tokenizer().tokens(of: row.text, after: row.prefix, limit: 64)
        let bytes = Array(row.text.utf8)
        #expect(tokens.map { String(decoding: bytes[$0.bytes], as: UTF8.self) } == row.tokens.map(\.0))
        #expect(tokens.map(\.word) == row.tokens.map(\.1))
    }

    @Test("Cutting leaves the places of what is kept", arguments: 2...8)
    func truncation(limit: Int) throws {
        let tokenizer = try SmallVocabulary.tokenizer()
        let whole = tokenizer.tokens(of: "the unwanted dataset", limit: .max)
        let cut = tokenizer.tokens(of: "the unwanted dataset", limit: limit)
        #expect(cut.dropLast() == whole.dropLast().prefix(limit - 1))
        #expect(cut.map(\.id) == tokenizer.encode("the unwanted dataset", limit: limit).ids)
    }

    @Test("A word too long for a piece is in the text from its first letter to its last")
    func overlong() throws {
        let text = "the " + String(repeating: "e\u{301}", count: 200) + " the"
        let tokens = try SmallVocabulary.tokenizer().tokens(of: text, limit: 64)
        #expect(tokens.map(\.bytes) == [0..<0, 0..<3, 4..<602, 605..<608, 608..<608])
    }
}
