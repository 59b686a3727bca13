/// A list of words with what each can be.
package struct Lexicon: Sendable {
    private let entries: [String: WordClasses]

    package init(_ lists: [(classes: WordClasses, words: String)]) {
        var entries: [String: WordClasses] = [:]
        entries.reserveCapacity(2_500)
        for list in lists {
            for word in list.words.utf8.split(whereSeparator: { $0 <= 0x20 }) {
                entries[String(Substring(word)), default: []].formUnion(list.classes)
            }
        }
        self.entries = entries
    }

    /// What a word in lower case can be; nothing when it is unknown.
    package func classes(of word: String) -> WordClasses { entries[word] ?? [] }
}

extension Lexicon {
    /// The English words this module knows.
    package static let english = Lexicon(
        [
            (.verb, EnglishVerbs.plain),
            (.nounVerb, EnglishVerbs.alsoNouns),
            ([.nounVerb, .mostlyNoun] as WordClasses, EnglishVerbs.mostlyNouns),
            (.settingVerb, EnglishVerbs.settings),
            (.deliveryVerb, EnglishVerbs.deliveries),
        ] + FunctionWords.lists
    )
}
