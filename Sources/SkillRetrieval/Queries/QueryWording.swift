/// The words of a sub-task that say what kind of skill is wanted.
///
/// The letters of a web address say nothing about the skill and a lot to an encoder: "download the dataset from
/// https://example.com/data.csv" is nearer to a CSV parser than to a downloader. That there is an address is what counts.
enum QueryWording {
    /// The text with each web address replaced by "a URL".
    static func wording(of text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: ":")) else { return text }
        return text.split(separator: " ", omittingEmptySubsequences: false)
            .map { isWebAddress($0) ? "a URL" + closingMarks($0) : String($0) }
            .joined(separator: " ")
    }

    private static func isWebAddress(_ word: Substring) -> Bool {
        let word = word.drop { openingMarks.contains($0) }.lowercased()
        return word.hasPrefix("http://") || word.hasPrefix("https://")
    }

    private static func closingMarks(_ word: Substring) -> String {
        String(word.suffix(from: word.lastIndex { !marks.contains($0) }.map(word.index(after:)) ?? word.endIndex))
    }

    private static let openingMarks: Set<Character> = ["(", "<", "\"", "'", "["]
    private static let marks: Set<Character> = [".", ",", ";", ":", "!", "?", ")", ">", "\"", "'", "]"]
}
