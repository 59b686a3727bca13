import SkillCatalog

/// The words of a text that say what it is about, reduced to their stems; scripts without spaces give single characters.
enum ContentWords {
    static func of(_ text: some StringProtocol) -> Set<String> {
        var words: Set<String> = []
        var word = ""
        for scalar in text.unicodeScalars.prefix(20_000) {
            if scalar.isIdeographic {
                words.insert(String(scalar))
            } else if scalar.isWordPart {
                word.unicodeScalars.append(scalar)
                continue
            }
            insert(word, into: &words)
            word = ""
        }
        insert(word, into: &words)
        return words
    }

    private static func insert(_ word: String, into words: inout Set<String>) {
        guard word.unicodeScalars.count > 1 else { return }
        let lower = word.lowercased()
        if !functionWords.contains(lower) { words.insert(WordStem.of(lower)) }
    }

    private static let functionWords: Set<String> = [
        "an", "and", "any", "are", "as", "at", "be", "but", "by", "can", "do", "does", "for", "from", "has", "have",
        "if", "in", "into", "is", "it", "its", "me", "my", "need", "of", "on", "or", "our", "out", "please", "should",
        "so", "some", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "to", "up",
        "us", "use", "using", "want", "we", "what", "when", "which", "will", "with", "would", "you", "your",
    ]
}
