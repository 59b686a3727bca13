/// Tells the "it" that points to nothing: "what time is it", "is it raining", "it is important".
enum EmptyPronoun {
    /// - Parameter index: the place of an "it".
    static func isEmpty(at index: Int, in words: [RequestToken]) -> Bool {
        let behind = words[(index + 1)...].prefix(4).prefix { $0.isWord && $0.sentence == words[index].sentence }
        // "it is important", "appreciate it if".
        if let next = behind.first, ["is", "was", "rains", "snows", "would", "if", "that"].contains(next.text) {
            return true
        }
        let before = words[..<index].suffix(4).filter { $0.isWord && $0.sentence == words[index].sentence }
        guard let verb = before.last?.text, copulas.contains(verb) || helpers.contains(verb) else { return false }
        // "is it raining", "will it be cold", "is it already Monday".
        if behind.prefix(while: { $0.text != "and" }).contains(where: { impersonal.contains($0.text) }) { return true }
        // "what time is it", but "what time is it due" and "what time does it start".
        let ends = behind.first.map { closing.contains($0.text) } ?? true
        return ends && copulas.contains(verb) && before.dropLast().contains { impersonal.contains($0.text) }
    }

    private static let copulas = EnglishWords.words("is was")
    private static let helpers = EnglishWords.words("will does did gets get has isn wasn")

    /// What may follow "what time is it".
    private static let closing = EnglishWords.prepositions.union(
        EnglishWords.words("and or now there here right currently today already if when where while please")
    )

    /// What is said of time, weather and distance, and of nothing in particular.
    private static let impersonal = EnglishWords.words(
        """
        time day date month year hour weekday late early noon midnight morning evening night weekend dark
        monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
        october november december spring summer autumn winter
        rain raining rainy snow snowing snowy hail storm stormy wind windy cloudy sunny foggy humid freezing warm hot cold cool
        degrees far possible necessary
        """
    )
}
