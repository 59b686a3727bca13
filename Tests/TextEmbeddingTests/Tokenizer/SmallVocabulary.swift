@testable import TextEmbedding

/// A vocabulary made by hand, so that the tests of the tokenizer need no model.
enum SmallVocabulary {
    static let pieces = [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]",
        "un", "##want", "##ed", "run", "##ning", ",", ".", "!", "?", "'", "-", "[", "]", "#", "$", "=", "<", "`",
        "the", "dataset", "cafe", "caf\u{E9}", "Cafe", "don", "t", "a", "b", "##a", "##b", "ab", "i", "\u{3C3}", "ss",
        "cls", "sep", "ed", "\u{4E2D}", "\u{6587}", "##\u{6587}", "\u{8C48}", "\u{1112}\u{1161}\u{11AB}", "##\u{1100}",
        "\u{1F680}", "##\u{1F680}", "1", "##2", "\u{2026}", "want",
    ]

    static var contents: [UInt8] { Array((pieces.joined(separator: "\n") + "\n").utf8) }

    static func tokenizer(
        lowercase: Bool = true,
        stripAccents: Bool? = nil,
        splitChinese: Bool = true
    ) throws -> WordPieceTokenizer {
        try WordPieceTokenizer(
            vocabulary: contents,
            lowercase: lowercase,
            stripAccents: stripAccents,
            splitChinese: splitChinese
        )
    }
}

extension WordPieceTokenizer {
    /// The pieces of a text between the first and the last token, which are always the same.
    func pieces(of text: String) -> [String] {
        encode(text, limit: .max).ids.dropFirst().dropLast().compactMap { piece(of: $0) }
    }
}
