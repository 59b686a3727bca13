/// Roles for a request in a language whose grammar is not known: a new sentence is a new step, little else is.
enum ForeignRoles {
    static func tag(_ request: inout SegmentedRequest) {
        /// A word such as "Ensuite," has announced a step that the next segment says.
        var isAnnounced = false
        for index in request.segments.indices {
            let begins = begins(request.segments[index], in: request) || isAnnounced
            let isStep = begins && saysEnough(request.segments[index], in: request.tokens)
            isAnnounced = begins && !isStep && opensSentence(index, in: request)
            skipSequenceWord(&request.segments[index], in: request.tokens)
            request.segments[index].decide(isStep ? .action : isAnnounced ? .parameter : .continuation, 0.4)
        }
    }

    private static func begins(_ segment: Segment, in request: SegmentedRequest) -> Bool {
        if segment.boundary.startsSentence || segment.boundary == .semicolon { return true }
        if sequenceEnd(segment, in: request.tokens) != nil { return true }
        let text = request.text(of: segment)
        return segment.boundary == .comma && ForeignWords.ideographicSequence.contains { text.hasPrefix($0) }
    }

    /// Two words, or four letters of a script without spaces.
    private static func saysEnough(_ segment: Segment, in tokens: [Token]) -> Bool {
        var size = 0
        for token in tokens[segment.tokens] where !token.isPunctuation {
            size += token.kind == .ideographs ? token.span.count / 6 : 1
        }
        return size >= 2
    }

    /// The sentence goes on after a comma or a colon.
    private static func opensSentence(_ index: Int, in request: SegmentedRequest) -> Bool {
        let next = request.segments.dropFirst(index + 1).first
        return next.map { $0.sentence == request.segments[index].sentence } ?? false
    }

    private static func sequenceEnd(_ segment: Segment, in tokens: [Token]) -> Int? {
        ForeignWords.sequence.match(in: tokens[segment.tokens], at: segment.tokens.lowerBound)?.end
    }

    /// "dann buche ein Hotel" asks for "buche ein Hotel".
    private static func skipSequenceWord(_ segment: inout Segment, in tokens: [Token]) {
        segment.head = segment.tokens.lowerBound
        if let end = sequenceEnd(segment, in: tokens), end < segment.tokens.upperBound { segment.head = end }
    }
}
