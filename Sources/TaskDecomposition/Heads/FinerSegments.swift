/// Divides segments further, for someone who wants more steps than a request has clauses.
enum FinerSegments {
    /// Divides the longest segments before a preposition, or else in the middle, until there are as many as asked for or
    /// nothing is left to divide. What is split off becomes an action with little confidence.
    static func divide(_ segments: inout [Segment], of tokens: [Token], into count: Int) {
        while segments.count < count {
            let longest = segments.indices.max { segments[$0].body.count < segments[$1].body.count }
            guard let index = longest, let cut = cut(segments[index], tokens) else { return }
            let whole = segments[index]
            var rest = whole
            rest.tokens = cut..<whole.tokens.upperBound
            rest.head = cut
            rest.span = tokens[cut].span.lowerBound..<whole.span.upperBound
            rest.boundary = .word
            rest.connective = nil
            rest.cues = []
            rest.decide(.action, leastConfidence)
            segments[index].tokens = whole.tokens.lowerBound..<cut
            segments[index].span = whole.span.lowerBound..<tokens[cut - 1].span.upperBound
            segments.insert(rest, at: index + 1)
        }
    }

    private static let leastConfidence = 0.2

    /// The first token of the later part: a preposition as near to the middle as possible, or the middle; nil where the
    /// segment is a word or two.
    private static func cut(_ segment: Segment, _ tokens: [Token]) -> Int? {
        guard segment.body.count > 2 else { return nil }
        let middle = segment.head + segment.body.count / 2
        let possible = (segment.head + 1..<segment.tokens.upperBound - 1).filter {
            !tokens[$0].isPunctuation && !tokens[$0 - 1].isPunctuation
        }
        let prepositions = possible.filter { tokens[$0].classes.contains(.preposition) }
        return (prepositions.isEmpty ? possible : prepositions).min { abs($0 - middle) < abs($1 - middle) }
    }
}
