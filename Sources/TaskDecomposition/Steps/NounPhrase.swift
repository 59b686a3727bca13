/// The noun phrase that some tokens begin with, as far as its words show where it ends.
struct NounPhrase {
    /// All its tokens.
    private(set) var range: Range<Int>
    /// Those before "from", "to" or "between".
    private(set) var base: Range<Int>
    private(set) var isPlural: Bool

    /// Longest phrase, in words; one that goes on beyond is not plain enough to be carried about.
    private static let longest = 8

    /// Reads past particles and receivers: "look up the address", "give me the list".
    init?(in tokens: ArraySlice<Token>) {
        var start = tokens.startIndex
        while start < tokens.endIndex, tokens[start].leadsToObject { start += 1 }
        var end = start
        var noun = start
        var originStart: Int?
        var hasPreposition = false
        while end < tokens.endIndex, Self.belongs(end, from: start, hasOrigin: originStart != nil, tokens) {
            guard end - start < Self.longest else { return nil }
            if Self.originPrepositions.contains(tokens[end].word), originStart == nil { originStart = end }
            if tokens[end].classes.contains(.preposition) { hasPreposition = true }
            if !hasPreposition { noun = end }
            end += 1
        }
        while end > start, tokens[end - 1].isAny(of: [.preposition, .determiner]) { end -= 1 }
        guard end > start, !tokens[end - 1].word.hasSuffix("'s") else { return nil }
        range = start..<end
        base = start..<max(start + 1, min(originStart ?? end, end))
        isPlural = tokens[noun].word != "data" && Inflection.isPlural(tokens[noun].word)
    }

    /// These say where something comes from or goes to.
    private static let originPrepositions: Set<String> = ["from", "between"]

    /// Words in -ing that name a thing.
    private static let nounsInIng: Set<String> = [
        "booking", "building", "drawing", "heading", "hearing", "listing", "meeting", "painting", "ranking", "rating",
        "reading", "recording", "setting", "training", "warning", "morning", "evening", "string", "thing", "ring",
        "pricing", "spring", "wedding", "king", "wing",
    ]

    private static let boundaries: WordClasses = [
        .preposition, .conjunction, .subordinator, .questionWord, .auxiliary, .adverb, .subject, .temporal,
    ]

    private static func belongs(
        _ index: Int,
        from start: Int,
        hasOrigin: Bool,
        _ tokens: ArraySlice<Token>
    ) -> Bool {
        let token = tokens[index]
        guard !token.isPunctuation, token.kind != .ideographs else { return false }
        let next = index + 1 < tokens.endIndex ? tokens[index + 1] : nil
        if token.word == "of" || originPrepositions.contains(token.word) || (hasOrigin && token.word == "to") {
            return index > start && next?.kind == .word
        }
        if token.isAny(of: [.determiner, .quantity]) { return token.word != "that" || index == start }
        if token.isAny(of: boundaries) || token.isManner { return false }
        guard token.word.hasSuffix("ing") || token.verbForm == .participle else { return true }
        if nounsInIng.contains(token.word) { return true }
        // "the gathering reminder" is a noun phrase, "the ticket departing from" is not.
        guard let next else { return index == start }
        return next.kind == .word && !next.isAny(of: boundaries.union([.determiner, .objectPronoun]))
    }
}

extension Token {
    fileprivate var leadsToObject: Bool {
        isAny(of: [.particle, .objectPronoun]) && !classes.contains(.determiner)
    }

    /// An adverb in -ly, such as "originally"; some adjectives and nouns end alike.
    fileprivate var isManner: Bool {
        word.hasSuffix("ly")
            && !["daily", "weekly", "monthly", "yearly", "hourly", "family", "reply", "supply"].contains(word)
    }
}
