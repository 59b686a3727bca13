import Testing

@testable import TextEmbedding

/// What the scanner makes of a text; scalars are spelt out, because strings that look alike compare equal.
@Suite("Normalised words")
struct NormalizationTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let text: String
        let words: [String]

        init(_ description: String, _ text: String, _ words: [String]) {
            testDescription = description
            self.text = text
            self.words = words
        }
    }

    static let withoutAccents = [
        Case("marks that are no accents stay", "\u{915}\u{93F}", ["\u{915}\u{93F}"]),
        Case("a vowel sign falls into its two parts", "\u{9CB}", ["\u{9C7}\u{9BE}"]),
        Case("marks that stay are put in canonical order", "a\u{302E}\u{1B44}", ["a\u{1B44}\u{302E}"]),
        Case("marks of one class keep their order", "a\u{302F}\u{302E}\u{302F}", ["a\u{302F}\u{302E}\u{302F}"]),
        Case("a dropped mark of another class does not hinder", "a\u{302E}\u{301}\u{1B44}", ["a\u{1B44}\u{302E}"]),
        Case("a dropped mark of class zero does", "a\u{302E}\u{34F}\u{1B44}", ["a\u{302E}\u{1B44}"]),
        Case("a removed control does not hinder", "a\u{302E}\u{200D}\u{1B44}", ["a\u{1B44}\u{302E}"]),
        Case("marks do not move out of their word", "a\u{302E} \u{1B44}", ["a\u{302E}", "\u{1B44}"]),
        Case("musical symbols take their stem along", "\u{1D160}", ["\u{1D158}\u{1D165}\u{1D16E}"]),
        Case("Hangul without a final letter", "\u{AC00}", ["\u{1100}\u{1161}"]),
        Case("Hangul with a final letter", "\u{D7A3}", ["\u{1112}\u{1175}\u{11C2}"]),
        Case("a letter of a later decomposition stays whole", "\u{11938}", ["\u{11938}"]),
        Case("a mark that was added later stays", "a\u{1AC1}", ["a\u{1AC1}"]),
        Case("punctuation that was added later is a letter", "a\u{2E52}b", ["a\u{2E52}b"]),
        Case("a sign that was punctuation still is", "a\u{166D}b", ["a", "\u{166D}", "b"]),
        Case("a format character that was added later stays", "a\u{8E2}b", ["a\u{8E2}b"]),
        Case("a Kelvin sign is a letter k", "\u{212A}\u{212B}", ["ka"]),
        Case("lower case above the basic plane", "\u{10400}\u{1E900}", ["\u{10428}\u{1E922}"]),
        Case("the gap in extension E is no ideograph", "\u{2B820}a\u{2B920}", ["\u{2B820}a", "\u{2B920}"]),
        Case("tags of flags go", "\u{1F3F4}\u{E0067}\u{E007F}", ["\u{1F3F4}"]),
    ]

    static let withAccents = [
        Case("capital I with dot keeps its dot", "\u{130}", ["i\u{307}"]),
        Case("nothing is decomposed", "\u{C9}\u{AC00}\u{9CB}", ["\u{E9}\u{AC00}\u{9CB}"]),
        Case("nothing is reordered", "a\u{302E}\u{301}\u{1B44}", ["a\u{302E}\u{301}\u{1B44}"]),
        Case("a negated sign is a letter", "a\u{2260}b", ["a\u{2260}b"]),
    ]

    @Test("Accents are stripped", arguments: withoutAccents)
    func strippedWords(example: Case) throws {
        expect(try SmallVocabulary.tokenizer().words(in: example.text), example.words)
    }

    @Test("Accents are kept", arguments: withAccents)
    func accentedWords(example: Case) throws {
        expect(try SmallVocabulary.tokenizer(stripAccents: false).words(in: example.text), example.words)
    }

    private func expect(_ words: [String], _ expected: [String]) {
        let scalars = { (words: [String]) in words.map { $0.unicodeScalars.map { String($0.value, radix: 16) } } }
        #expect(scalars(words) == scalars(expected))
    }
}
