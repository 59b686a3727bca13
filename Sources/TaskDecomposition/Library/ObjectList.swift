/// Several objects under one verb in the text of a sub-task: "search flights and hotels".
struct ObjectList: Sendable, Hashable {
    /// What comes before the first object: "search ", "I need " left out; empty where things are only named.
    let lead: String
    /// The objects with all that belongs to each, in order; two to four.
    let items: [String]

    /// What a step for each object would be asked to do.
    var parts: [String] { items.map { lead + $0 } }

    private static let mostItems = 4

    /// Nil where the text names one object, names values rather than things, or does something to all of them at once.
    init?(of text: String) {
        // Without a conjunction there is no list: most texts end here.
        guard text.contains(" and ") || text.contains(" & ") || text.contains(" as well as ") else { return nil }
        var request = FineSplit.split(text)
        guard request.language == .english, (2...Self.mostItems).contains(request.segments.count) else { return nil }
        RoleTagger.tag(&request)
        guard let head = request.segments.first, let last = request.segments.last, last.connective == .and,
            request.segments.dropFirst().allSatisfy({ Self.continues($0, in: request) }),
            let start = Self.objectStart(of: head, in: request)
        else { return nil }
        var places = [start..<head.tokens.upperBound]
        places += request.segments.dropFirst().map(\.body)
        guard places.allSatisfy({ Self.isThing(request.tokens[$0]) }),
            !request.tokens[places[0]].contains(where: { Self.detailWords.contains($0.word) })
        else { return nil }
        let items = places.compactMap(request.span(of:)).map { String(request.text(of: $0)) }
        guard items.count == places.count, let first = request.span(of: head.body.lowerBound..<start + 1) else {
            return nil
        }
        lead = String(request.text(of: first.lowerBound..<request.tokens[start].span.lowerBound))
        self.items = items
    }

    /// Where each part stands in the request, as far as its words are found in the span of the whole.
    func spans(within span: Range<Int>?, of request: String) -> [Range<Int>?] {
        guard let span, span.upperBound <= request.utf8.count else { return items.map { _ in nil } }
        let bytes = Array(request.utf8)
        var start = span.lowerBound
        return items.enumerated().map { index, item in
            let words = Array(item.utf8)
            guard
                let found = (start..<span.upperBound).first(where: { bytes[$0..<span.upperBound].starts(with: words) })
            else { return nil }
            defer { start = found + words.count }
            // The first object has the verb before it.
            return (index == 0 ? start : found)..<(found + words.count)
        }
    }

    // MARK: - Reading

    /// Goes on with the list: no clause of its own, and nothing that says how.
    private static func continues(_ segment: Segment, in request: SegmentedRequest) -> Bool {
        guard segment.role == .continuation, segment.boundary == .comma || segment.boundary == .word else {
            return false
        }
        return segment.connective == nil || segment.connective == .and
    }

    /// The first token of the first object, behind a verb and what goes with it; nil where the verb takes them together.
    private static func objectStart(of segment: Segment, in request: SegmentedRequest) -> Int? {
        let tokens = request.tokens
        guard let head = segment.body.first else { return nil }
        guard tokens[head].isAny(of: [.verb, .nounVerb]), segment.role == .action else {
            return NounPhrase(in: tokens[segment.body])?.range.lowerBound
        }
        guard !joiningVerbs.contains(tokens[head].word) else { return nil }
        var start = head + 1
        while start < segment.tokens.upperBound, isBetween(tokens[start]) { start += 1 }
        guard start < segment.tokens.upperBound else { return nil }
        return NounPhrase(in: tokens[start..<segment.tokens.upperBound])?.range.lowerBound == start ? start : nil
    }

    /// "look up", "search for", "tell me about".
    private static func isBetween(_ token: Token) -> Bool {
        ["for", "about", "me", "us", "up", "out", "on"].contains(token.word)
    }

    /// Done to all objects at once.
    private static let joiningVerbs: Set<String> = [
        "compare", "combine", "merge", "join", "mix", "connect", "link", "contrast", "reconcile", "distinguish",
        "differentiate", "relate", "correlate", "add", "multiply", "match", "integrate", "align", "sync", "unite",
        "discuss",
    ]

    /// Begins with a noun phrase of common nouns: names and numbers are values of one call.
    private static func isThing(_ tokens: ArraySlice<Token>) -> Bool {
        guard let phrase = NounPhrase(in: tokens), phrase.range.lowerBound == tokens.startIndex,
            tokens.first?.kind != .number
        else { return false }
        return tokens[phrase.base].contains { token in
            token.kind == .word && !token.isCapitalized && !token.isAny(of: [.determiner, .quantity, .preposition])
        }
    }

    /// "the force with a mass of 3 kg and an acceleration of 2", "the pace based on distance and time": what follows goes
    /// on about the first object.
    private static let detailWords: Set<String> = [
        "with", "based", "using", "by", "at", "given", "having", "where", "according", "including", "containing",
    ]
}
