import FoundationEssentials

@testable import LanguageModels

/// Small vocabularies, written the way the real one is.
enum VocabularyText {
    /// All single bytes and then these tokens, in the order of their ranks.
    static func lines(adding tokens: [String] = []) -> String {
        let all = (UInt8.min...UInt8.max).map { [$0] } + tokens.map { Array($0.utf8) }
        return all.enumerated().map { "\(Data($1).base64EncodedString()) \($0)\n" }.joined()
    }

    static func tokenizer(adding tokens: [String] = []) throws -> BytePairTokenizer {
        try BytePairTokenizer(vocabulary: Array(lines(adding: tokens).utf8))
    }
}

extension BytePairTokenizer {
    /// The tokens of a text as texts; what is no UTF-8 of its own is written in hexadecimal.
    func pieces(_ text: String) -> [String] {
        encode(text).map { id in
            guard let bytes = bytes(of: id) else { return "<\(id)>" }
            return String(validating: bytes, as: UTF8.self)
                ?? bytes.map { String($0, radix: 16) }.joined(separator: " ")
        }
    }
}
