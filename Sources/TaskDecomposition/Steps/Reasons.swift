/// Clauses that say why something is wanted: they ask for nothing and change nothing about how it is done.
///
/// "so that it fits" and "to win" are kept, since they often say how.
struct Reasons {
    let request: SegmentedRequest

    /// The whole segment is a reason: "because Lena is ill", "since my suit has a stain".
    func isReason(_ segment: Segment) -> Bool {
        let body = request.tokens[segment.body]
        guard request.language == .english, segment.role != .action, segment.connective == nil,
            let first = body.first, let next = body.dropFirst().first
        else { return false }
        switch first.word {
        case "because": return next.word != "of"
        case "given", "seeing", "considering": return next.word == "that"
        case "due": return body.prefix(5).map(\.word) == ["due", "to", "the", "fact", "that"]
        // "since we opened in 2019" says from when on.
        case "since": return startsClause(next) && !body.contains(where: isTime)
        // "as soon as", "as a table".
        case "as": return segment.boundary.startsSentence && Self.speakers.contains(next.word)
        default: return false
        }
    }

    /// Where the part of a segment ends that is not a reason: before "because" in its middle.
    func end(of segment: Segment) -> Int {
        guard request.language == .english else { return segment.span.upperBound }
        for index in segment.body.dropFirst(2) where request.tokens[index].word == "because" {
            // "why it failed because …" asks about the reason itself.
            let asksWhy = request.tokens[segment.head..<index].contains { Self.inquiries.contains($0.word) }
            guard !asksWhy, index + 1 < segment.tokens.upperBound, request.tokens[index + 1].word != "of" else { break }
            return request.tokens[index - 1].span.upperBound
        }
        return segment.span.upperBound
    }

    private static let speakers: Set<String> = ["i", "i'm", "i've", "i'd", "i'll", "we", "we're", "we've", "my", "our"]
    private static let inquiries: Set<String> = ["why", "whether", "if", "explain", "because", "that"]

    private func startsClause(_ token: Token) -> Bool { token.isAny(of: [.subject, .determiner]) }

    private func isTime(_ token: Token) -> Bool {
        token.kind == .number || Inflection.base(ofParticiple: token.word) != nil
            || ["was", "were", "began", "came", "last"].contains(token.word)
    }
}
