/// What the verb of a segment acts on: "the dataset" in "download the dataset from the server".
struct ObjectPhrase: Sendable, Hashable {
    /// The words as the request has them, with where they come from and go to: "a train from Rome to Pisa".
    var text: String
    /// The same without origin and destination.
    var base: String
    /// The noun that decides between "it" and "them" is a plural.
    var isPlural: Bool
    /// Begins with an article or a possessive, is a plural, or names a file or an address: clear enough to stand for a
    /// pronoun.
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
        guard let phrase = NounPhrase(in: request.tokens[segment.body].dropFirst()),
            var object = ObjectPhrase(phrase, in: request)
        else { return nil }
        let rest = request.tokens[phrase.range.upperBound..<segment.tokens.upperBound]
        // "convert a.docx to PDF": which of the two is meant afterwards is open.
        let isConverted = rest.contains { $0.word == "to" || $0.word == "into" || $0.word == "as" }
        if phrase.range.count == 1, !isConverted, request.names(phrase.range.lowerBound) { object.isDefinite = true }
        return object
    }

    /// The words of a noun phrase; nil when it has none.
    init?(_ phrase: NounPhrase, in request: SegmentedRequest) {
        guard let text = request.span(of: phrase.range), let base = request.span(of: phrase.base) else { return nil }
        self.text = String(request.text(of: text))
        self.base = String(request.text(of: base))
        isPlural = phrase.isPlural
        isDefinite = phrase.isPlural || request.tokens[phrase.range.lowerBound].classes.contains(.determiner)
    }
}

extension SegmentedRequest {
    /// A token is the name of a file or an address of the web.
    fileprivate func names(_ index: Int) -> Bool {
        let text = text(of: tokens[index].span)
        switch tokens[index].kind {
        case .identifier: return !text.contains("@") && text.contains { $0 == "." || $0 == "/" || $0 == "\\" }
        case .protected: return text.hasPrefix("http")
        case .word, .number, .ideographs, .punctuation: return false
        }
    }
}
