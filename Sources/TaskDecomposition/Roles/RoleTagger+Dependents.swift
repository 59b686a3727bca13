/// Segments that say more about another step rather than asking for one.
extension RoleTagger {
    /// "Use the metric system", "ensure that it is sorted": settings of the step before, if there is one.
    mutating func demoteSettings() {
        var hasAction = false
        for index in segments.indices where segments[index].role == .action {
            let segment = segments[index]
            if hasAction, segment.cues.contains(.setting), !usesToAct(segment),
                segment.cues.isDisjoint(with: [.requested, .sequenced, .additive])
            {
                segments[index].decide(.parameter, 0.7)
            } else {
                hasAction = true
            }
        }
    }

    /// "use my other card to pay the bill": the verb after "to" is what is asked.
    private func usesToAct(_ segment: Segment) -> Bool {
        guard tokens[segment.head].word == "use", !segment.boundary.startsSentence else { return false }
        return segment.body.dropLast().contains { tokens[$0].word == "to" && tokens[$0 + 1].classes.contains(.verb) }
    }

    /// "and provide me with the findings": hands over what the step before makes, if there is one.
    mutating func demoteDeliveries() {
        var hasAction = false
        for index in segments.indices where segments[index].role == .action {
            let segment = segments[index]
            if hasAction, repeatsTheRequest(segment) {
                segments[index].decide(.context, 0.7, .filler)
            } else if hasAction, segment.cues.contains(.delivery), namesOutcome(segment),
                segment.cues.isDisjoint(with: [.additive, .sequenced])
            {
                segments[index].decide(.parameter, 0.6)
            } else {
                hasAction = true
            }
        }
    }

    /// "Please execute these tasks": asks for what was asked already.
    private func repeatsTheRequest(_ segment: Segment) -> Bool {
        let body = segment.body
        if segment.cues.contains(.polite), Self.errands.contains(tokens[segment.head].word) {
            let object = body.dropFirst().prefix { tokens[$0].word != "for" }
            return object.isEmpty
                || (object.count == 1 && object.allSatisfy { Self.pointers.contains(tokens[$0].word) })
        }
        guard body.count >= 3, Self.chores.contains(tokens[body.upperBound - 1].word) else { return false }
        return Self.pointers.contains(tokens[body.upperBound - 2].word)
    }

    /// "please help me handle it", after all that is to be handled.
    private static let errands: Set<String> = ["handle", "operate", "process", "do", "complete", "manage", "arrange"]

    private static let pointers: Set<String> = ["it", "this", "that", "these", "those"]

    private static let chores: Set<String> = [
        "task", "tasks", "calculations", "operation", "operations", "steps", "requests", "actions",
    ]

    /// "provide the findings", "tell me the price": something the step before yields, not a new thing to look for.
    func namesOutcome(_ segment: Segment) -> Bool {
        let head = tokens[segment.head].word
        if ["know", "understand"].contains(head), !segment.boundary.startsSentence { return false }
        if segment.body.prefix(7).contains(where: { tokens[$0].classes.contains(.outcome) }) { return true }
        var index = segment.head + 1
        while index < segment.tokens.upperBound, ["me", "us", "with", "of", "about"].contains(tokens[index].word) {
            index += 1
        }
        guard index < segment.tokens.upperBound,
            ["provide", "give", "tell", "inform", "know", "understand"].contains(tokens[segment.head].word)
        else { return false }
        return ["the", "its", "their", "this", "these", "those", "your", "his", "her"].contains(tokens[index].word)
    }

    /// "…, and after confirming the balance, buy …": says only that the next step comes next.
    mutating func dropTimeClauses() {
        for index in segments.indices.dropLast() where segments[index].cues.contains(.temporal) {
            let (segment, next) = (segments[index], segments[index + 1])
            guard segment.role == .parameter, segment.connective != nil, next.role == .action, next.connective == nil
            else { continue }
            if next.sentence == segment.sentence { segments[index].decide(.context, 0.7) }
        }
    }

    /// A statement after an action says more about it: "The attendees are …"; before any action it is a story.
    mutating func attachStatements() {
        var hasAction = false
        for index in segments.indices {
            if segments[index].role == .action { hasAction = true }
            guard segments[index].role == .context, segments[index].cues.contains(.statement), hasAction else {
                continue
            }
            if !tokens[segments[index].head].classes.contains(.subject) { segments[index].decide(.parameter, 0.6) }
        }
    }
}
