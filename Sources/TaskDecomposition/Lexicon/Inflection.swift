/// How an inflected word was made from a verb.
package enum VerbForm: Sendable, Hashable {
    /// `sending`
    case gerund
    /// `sorted`
    case participle
}

/// Leads inflected English verbs back to their base form, as far as the lexicon knows it.
enum Inflection {
    /// The base form of a gerund: `sending` → `send`, `creating` → `create`, `planning` → `plan`; nil when unknown.
    static func base(ofGerund word: String, in lexicon: Lexicon = .english) -> String? {
        guard word.utf8.count >= 5, word.hasSuffix("ing") else { return nil }
        return base(ofStem: word.dropLast(3), in: lexicon)
    }

    /// The base form of a past tense or participle in `-ed`; nil when unknown.
    static func base(ofParticiple word: String, in lexicon: Lexicon = .english) -> String? {
        guard word.utf8.count >= 4, word.hasSuffix("ed") else { return nil }
        return base(ofStem: word.dropLast(2), in: lexicon)
    }

    /// Which form of a known verb a word is; nil for a base form and for other words.
    static func verbForm(of word: String, in lexicon: Lexicon) -> VerbForm? {
        if base(ofGerund: word, in: lexicon) != nil { return .gerund }
        return base(ofParticiple: word, in: lexicon) == nil ? nil : .participle
    }

    private static func base(ofStem stem: Substring, in lexicon: Lexicon) -> String? {
        func isVerb(_ word: String) -> Bool { !lexicon.classes(of: word).isDisjoint(with: .anyVerb) }
        let plain = String(stem)
        if isVerb(plain) { return plain }
        if isVerb(plain + "e") { return plain + "e" }
        let end = stem.utf8.suffix(2)
        if end.count == 2, end.first == end.last {
            let single = String(stem.dropLast())
            if isVerb(single) { return single }
        }
        if stem.hasSuffix("i") {
            let withY = String(stem.dropLast()) + "y"
            if isVerb(withY) { return withY }
        }
        return nil
    }

    /// Looks like a plural noun: `results`, `queries`, but not `this`, `status` or `class`.
    static func isPlural(_ word: String) -> Bool {
        guard word.utf8.count >= 4, word.hasSuffix("s") else { return irregularPlurals.contains(word) }
        return !["ss", "us", "is", "'s"].contains { word.hasSuffix($0) }
    }

    private static let irregularPlurals: Set<String> = [
        "people", "children", "men", "women", "data", "media", "criteria", "mice", "feet", "news", "information",
        "metadata", "music", "audio", "feedback", "traffic",
    ]

    /// Ends like a noun or an adjective, so that an unknown word of this form is hardly an imperative.
    static func looksNominal(_ word: String) -> Bool {
        nominalEndings.contains { word.utf8.count > $0.utf8.count + 2 && word.hasSuffix($0) }
    }

    private static let nominalEndings = [
        "tion", "sion", "ment", "ness", "ity", "ance", "ence", "ship", "ism", "ist", "ing", "ed", "ly", "al", "ous",
        "ful",
        "ive", "able", "ible", "ic", "ical", "ary", "ory", "ology", "er", "or", "s",
    ]
}
