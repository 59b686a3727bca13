import TextEmbedding

/// Chooses the tokens of a text that carry meaning: no marks of the sequence, no punctuation, no function words.
enum TokenSelection {
    /// Positions of the tokens that are kept.
    static func positions(_ tokens: [EncodedToken], of text: String) -> [Int] {
        let utf8 = Array(text.utf8)
        var extents: [Int: Range<Int>] = [:]
        for token in tokens {
            guard let word = token.word, token.bytes.upperBound <= utf8.count else { continue }
            let known = extents[word] ?? token.bytes
            extents[word] =
                min(known.lowerBound, token.bytes.lowerBound)..<max(known.upperBound, token.bytes.upperBound)
        }
        let kept = extents.filter { carriesMeaning(String(decoding: utf8[$0.value], as: UTF8.self)) }
        return tokens.indices.filter { tokens[$0].word.map { kept[$0] != nil } ?? false }
    }

    private static func carriesMeaning(_ word: String) -> Bool {
        guard word.unicodeScalars.contains(where: { $0.properties.isAlphabetic || $0.properties.numericType != nil })
        else { return false }
        return !StopWords.english.contains(word.lowercased())
    }
}
