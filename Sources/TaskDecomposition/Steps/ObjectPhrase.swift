/// What the verb of a segment acts on: "the dataset" in "download the dataset from the server".
struct ObjectPhrase: Sendable, Hashable {
    /// The words as the request has them, with where they come from and go to: "a train from Rome to Pisa".
    var text: String
    /// The same without origin and destination.
    var base: String
    /// The noun that decides between "it" and "them" is a plural.
    var isPlural: Bool
    /// Begins with an article or a possessive, or is a plural: clear enough to stand for a pronoun.
    var isDefinite: Bool

    /// The phrase as something already named: "a report" becomes "the report", "reviews" becomes "the reviews".
    var named: String {
        for article in ["a ", "an ", "some "] where base.lowercased().hasPrefix(article) {
            return "the " + base.dropFirst(article.utf8.count)
        }
        return isPlural && !startsWithDeterminer ? "the " + base : base
    }

    private var startsWithDeterminer: Bool {
        let first = base.prefix { $0 != " " }.lowercased()
        return Lexicon.english.classes(of: first).contains(.determiner)
    }

    /// The object right after a segment's verb; nil when it has none, or one that is not a plain noun phrase.
    static func of(_ segment: Segment, in request: SegmentedRequest) -> ObjectPhrase? {
        guard let phrase = NounPhrase(in: request.tokens[segment.body].dropFirst()) else { return nil }
        guard let text = request.span(of: phrase.range), let base = request.span(of: phrase.base) else { return nil }
        return ObjectPhrase(
            text: String(request.text(of: text)),
            base: String(request.text(of: base)),
            isPlural: phrase.isPlural,
            isDefinite: phrase.isPlural || request.tokens[phrase.range.lowerBound].classes.contains(.determiner)
        )
    }
}
