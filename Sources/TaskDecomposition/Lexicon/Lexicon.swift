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

    private init(entries: [String: WordClasses]) { self.entries = entries }

    /// The same words without a share of the verbs, as if they were unknown: for training that must not rely on them.
    ///
    /// - Parameters:
    ///   - share: How many of 100 verbs are hidden.
    ///   - seed: Which ones; equal seeds hide equal verbs.
    package func hidingVerbs(share: Int = 50, seed: UInt64) -> Lexicon {
        let verbs: WordClasses = [.verb, .nounVerb, .mostlyNoun, .settingVerb, .deliveryVerb]
        return Lexicon(
            entries: entries.reduce(into: [:]) { kept, entry in
                let isHidden = Self.hash(entry.key, seed) % 100 < UInt64(share)
                kept[entry.key] = isHidden ? entry.value.subtracting(verbs) : entry.value
            }
        )
    }

    /// FNV-1a, with a last mix that spreads it over the low bits.
    private static func hash(_ word: String, _ seed: UInt64) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325 ^ (seed &* 0x9E37_79B9_7F4A_7C15)
        for byte in word.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        return hash ^ (hash >> 29)
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
