/// The things a verb acts on where it names several: "the iPhone 15" and "the Pixel 8" in "compare the iPhone 15 and the
/// Pixel 8".
struct CoordinatedObjects: Sendable, Hashable {
    /// Bytes of the request that each thing takes up, in order; two or more.
    var items: [Range<Int>]

    /// The things of a step whose segments name one each, right behind its verb; nil where there is but one.
    init?(of group: StepGroup, in request: SegmentedRequest) {
        let head = request.segments[group.head]
        guard let first = NounPhrase(in: request.tokens[head.body].dropFirst()),
            first.range.upperBound == head.tokens.upperBound, let span = request.span(of: first.range)
        else { return nil }
        items = [span]
        var member = group.head + 1
        while group.members.contains(member) {
            let segment = request.segments[member]
            guard segment.role == .continuation, segment.boundary == .word || segment.boundary == .comma,
                let span = Self.thing(segment, in: request)
            else { return nil }
            items.append(span)
            member += 1
            if segment.connective == .and { break }
        }
        // Only "and" closes a list; what comes behind it belongs to something else.
        guard items.count > 1, !group.members.contains(member),
            request.segments[member - 1].connective == .and
        else { return nil }
    }

    /// A segment that is a noun phrase and nothing else.
    private static func thing(_ segment: Segment, in request: SegmentedRequest) -> Range<Int>? {
        guard let phrase = NounPhrase(in: request.tokens[segment.body]), phrase.range == segment.body else {
            return nil
        }
        return request.span(of: phrase.range)
    }
}
