/// Segments that tell something, say what for, or go on with the clause before.
extension HeadReader {
    /// A finite verb stands among the first words: "The attendees should include", "My account ID is".
    func tellsSomething(_ segment: Segment) -> Bool {
        if tokens[segment.head].classes.contains(.subject) { return true }
        for index in segment.body.prefix(14).dropFirst() {
            let token = tokens[index]
            if token.isAny(of: [.condition, .questionWord, .subordinator, .subject]) { return false }
            if token.classes.contains(.auxiliary), !Self.infinitives.contains(token.word) { return true }
        }
        return false
    }

    private static let infinitives: Set<String> = ["do", "be", "have", "being", "been"]

    func readStatement(_ segment: inout Segment) {
        segment.decide(segment.boundary.startsSentence ? .context : .continuation, 0.7, .statement)
    }

    /// "In order to plan a trip, …".
    func purpose(_ segment: Segment) -> SegmentRole? {
        guard tokens[segment.head].word == "in", segment.body.count > 2 else { return nil }
        return tokens[segment.head + 1].word == "order" ? .parameter : nil
    }

    /// "and to reserve a hotel" goes on with what is asked; "To reserve a hotel," leads up to it.
    func infinitive(_ segment: Segment) -> SegmentRole? {
        guard tokens[segment.head].word == "to", let verb = next(after: segment.head, in: segment), isVerb(verb) else {
            return nil
        }
        if segment.boundary.startsSentence { return .parameter }
        return segment.connective == nil ? nil : previous?.cues.contains(.requested) == true ? .action : nil
    }

    func readsAsGerund(_ segment: Segment, _ head: Token) -> Bool {
        head.kind == .word && head.verbForm == .gerund
    }

    func readGerund(_ segment: inout Segment) {
        let follows = segment.connective == .before || segment.connective == .then
        let continuesList =
            segment.connective != nil && previous?.cues.contains(.gerundFirst) == true
            && previous?.role == .action
        segment.decide(follows || continuesList ? .action : .continuation, 0.7, .gerundFirst)
    }

    func readOther(_ segment: inout Segment, _ head: Token) {
        if head.classes.contains(.subordinator) { return segment.decide(.continuation, 0.7, .subordinate) }
        if segment.boundary.startsSentence, head.classes.contains(.preposition) {
            return segment.decide(.parameter, 0.6)
        }
        if segment.boundary.startsSentence, tellsSomething(segment) || head.classes.contains(.determiner) {
            return readStatement(&segment)
        }
        if head.kind == .word, head.classes.isEmpty { segment.cues.insert(.unknownFirst) }
        if let next = next(after: segment.head, in: segment), next.startsObject { segment.cues.insert(.objectFollows) }
        segment.decide(.continuation, 0.5)
    }
}
