/// Segments that begin with a word which is, or may be, a verb.
extension HeadReader {
    func readVerb(_ segment: inout Segment, _ head: Token) {
        if continuesStatement(segment) { return segment.decide(.continuation, 0.6, .statement) }
        let isPlain = head.classes.contains(.verb)
        noteVerb(&segment, head)
        if isPlain || takesObject(segment, head) {
            let isClear = isPlain || (segment.isInClausePosition && segment.cues.contains(.objectFollows))
            segment.decide(.action, isClear ? 0.9 : 0.75, isPlain ? .verbFirst : .nounVerbFirst)
        } else {
            segment.decide(.continuation, 0.5, .nounVerbFirst)
            if segment.boundary.startsSentence, tellsSomething(segment) { readStatement(&segment) }
        }
    }

    /// "The event should start in May and target families": the verb goes on with what is told.
    private func continuesStatement(_ segment: Segment) -> Bool {
        guard segment.connective == .and, !segment.isInClausePosition, let previous, previous.role != .action else {
            return false
        }
        if previous.cues.contains(.gerundFirst) { return segment.boundary == .word }
        return previous.sentence == segment.sentence && previous.cues.contains(.statement)
    }

    func noteVerb(_ segment: inout Segment, _ head: Token) {
        guard let next = next(after: segment.head, in: segment) else {
            segment.cues.insert(.bareVerb)
            return
        }
        if next.startsObject { segment.cues.insert(.objectFollows) }
        if head.classes.contains(.settingVerb) || isMakeSure(head, next) { segment.cues.insert(.setting) }
        if head.classes.contains(.deliveryVerb) { segment.cues.insert(.delivery) }
    }

    private func isMakeSure(_ head: Token, _ next: Token) -> Bool {
        next.word == "sure" && (head.word == "make" || head.word == "be")
    }

    /// Whether a word that may be a noun is a verb here, by its position and by what follows it.
    private func takesObject(_ segment: Segment, _ head: Token) -> Bool {
        guard let next = next(after: segment.head, in: segment) else { return segment.isInClausePosition }
        if next.classes.contains(.auxiliary) || next.word == "of" || next.isPunctuation { return false }
        if next.isAny(of: [.determiner, .objectPronoun]) { return true }
        if segment.isInClausePosition { return next.isLiteral || !tellsSomething(segment) }
        if next.isAny(of: [.particle, .preposition]) { return ParticleVerbs.words.contains(head.word) }
        if head.classes.contains(.mostlyNoun) || head.isCapitalized { return false }
        if FieldNouns.words.contains(head.word), next.isLiteral || next.isCapitalized { return false }
        if ["search", "test", "query", "scan", "review"].contains(head.word), next.classes.contains(.outcome) {
            return false
        }
        return next.startsObject || continuesActions(segment)
    }

    /// "…, track delivery status": two words or more after an action of the same sentence.
    private func continuesActions(_ segment: Segment) -> Bool {
        guard let previous, previous.role == .action else { return false }
        return !previous.cues.isDisjoint(with: [.verbFirst, .nounVerbFirst])
    }
}
