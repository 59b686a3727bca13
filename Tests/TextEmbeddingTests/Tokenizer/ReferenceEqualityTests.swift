import Testing

@testable import TextEmbedding

/// The tokenizer against Hugging Face `tokenizers`, on generated texts and on every Unicode scalar.
@Suite(
    "Equality with Hugging Face tokenizers",
    .enabled(if: ReferenceScript.isAvailable, Comment(rawValue: ReferenceScript.skipMessage))
)
struct ReferenceEqualityTests {
    struct Options: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var lowercase = true
        var stripAccents: Bool?
        var splitChinese = true

        var json: String {
            """
            {"do_lower_case": \(lowercase), "strip_accents": \(stripAccents.map(String.init) ?? "null"), \
            "tokenize_chinese_chars": \(splitChinese)}
            """
        }

        func tokenizer() throws -> WordPieceTokenizer {
            try WordPieceTokenizer(
                vocabularyFile: ReferenceScript.modelFolder + "/vocab.txt",
                lowercase: lowercase,
                stripAccents: stripAccents,
                splitChinese: splitChinese
            )
        }

        static let uncased = Options(testDescription: "uncased")
        static let lowercaseWithAccents = Options(testDescription: "lowercase with accents", stripAccents: false)
        static let others = [
            lowercaseWithAccents,
            Options(testDescription: "cased", lowercase: false),
            Options(testDescription: "cased without accents", lowercase: false, stripAccents: true),
            Options(testDescription: "ideographs together", splitChinese: false),
        ]
    }

    private struct TokenRecord: Decodable {
        let text: String
        let ids: [Int32]
        /// The ids under the script's limit.
        let truncated: [Int32]
        /// Start and end of every token but the marks; empty for long texts.
        let bytes: [Int]
    }

    private struct WordRecord: Decodable {
        let text: String
        let words: String
    }

    private static let scriptLimit = 24

    @Test(
        "Ids of generated texts are equal",
        arguments: [(Options.uncased, 24_000)] + Options.others.map { ($0, 3_000) }
    )
    func idsOfGeneratedTexts(options: Options, count: Int) async throws {
        let records = try await ReferenceScript.records(
            ["strings", String(count), options.json],
            as: TokenRecord.self
        )
        #expect(records.count == count)
        let tokenizer = try options.tokenizer()
        let different = records.filter { record in
            let whole = tokenizer.encode(record.text, limit: .max)
            let cut = tokenizer.encode(record.text, limit: Self.scriptLimit)
            return whole != TokenSequence(ids: record.ids, isTruncated: false)
                || cut != TokenSequence(ids: record.truncated, isTruncated: record.ids.count > Self.scriptLimit)
        }
        #expect(different.count == 0, "first: \(Self.sample(different, tokenizer))")
    }

    @Test("Places of tokens in generated texts are equal, but for marks that normalisation puts in another order")
    func placesOfTokens() async throws {
        let count = 2_000
        let records = try await ReferenceScript.records(["strings", String(count)], as: TokenRecord.self)
        let tokenizer = try Options.uncased.tokenizer()
        let classes = ScalarClassTable(TextNormalization())
        var different: [String] = []
        for record in records where !record.bytes.isEmpty {
            if record.text.unicodeScalars.contains(where: { classes[$0.value].contains(.reordered) }) { continue }
            let tokens = tokenizer.tokens(of: record.text, limit: .max)
            #expect(tokens.map(\.id) == record.ids)
            let places = tokens.dropFirst().dropLast().flatMap { [$0.bytes.lowerBound, $0.bytes.upperBound] }
            if places != record.bytes {
                different.append("\(Self.escaped(record.text.prefix(80))): \(places), not \(record.bytes)")
            }
        }
        #expect(different.count == 0, "\(different.prefix(5))")
    }

    @Test(
        "Every Unicode scalar is normalised and split equally",
        arguments: [Options.uncased, Options.lowercaseWithAccents]
    )
    func everyScalar(options: Options) async throws {
        let records = try await ReferenceScript.records(["scalars", options.json], as: WordRecord.self)
        let scalarCount = 0x11_0000 - 0x800
        #expect(records.count == (scalarCount + 255) / 256)
        let tokenizer = try options.tokenizer()
        let differences = records.compactMap { record in
            Self.firstDifference(tokenizer.words(in: record.text), record.words)
        }
        #expect(differences.count == 0, "\(differences.prefix(5))")
    }

    /// The first word in which a text is not split as expected; words compare by their bytes.
    private static func firstDifference(_ words: [String], _ joined: String) -> String? {
        let expected = joined.utf8.split(separator: UInt8(ascii: "\n")).map { String(Substring($0)) }
        for (word, other) in zip(words, expected) where !word.utf8.elementsEqual(other.utf8) {
            return "\(escaped(word)) is not \(escaped(other))"
        }
        return words.count == expected.count ? nil : "\(words.count) words, not \(expected.count)"
    }

    private static func sample(_ records: [TokenRecord], _ tokenizer: WordPieceTokenizer) -> String {
        guard let record = records.first else { return "none" }
        return "\(escaped(record.text.prefix(200))): \(tokenizer.encode(record.text, limit: 200)), not \(record.ids)"
    }

    private static func escaped(_ text: some StringProtocol) -> String {
        text.unicodeScalars.map { $0.escaped(asASCII: true) }.joined()
    }
}
