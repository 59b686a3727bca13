/// Puts the noun in the place of "it" and "them" where the step right before names just one thing it can be.
enum References {
    static func resolve(_ drafts: inout [StepDraft], in request: SegmentedRequest) {
        for index in drafts.indices.dropFirst() {
            // A condition names its own things first: "if it passes, deploy it".
            guard drafts[index].group.members.first == drafts[index].group.head else { continue }
            guard !addressesPerson(drafts[index - 1], in: request) else { continue }
            guard let antecedent = drafts[index - 1].object, antecedent.isDefinite else { continue }
            guard let pronoun = pronoun(of: request.segments[drafts[index].group.head], in: request.tokens) else {
                continue
            }
            guard (request.tokens[pronoun].word == "them") == antecedent.isPlural else { continue }
            drafts[index].replacements.append((request.tokens[pronoun].span, antecedent.named))
            if drafts[index].object == nil { drafts[index].object = antecedent }
        }
    }

    /// "notify the team": who is spoken to is not what the next step works on.
    private static func addressesPerson(_ draft: StepDraft, in request: SegmentedRequest) -> Bool {
        let head = request.segments[draft.group.head].head
        return request.tokens.indices.contains(head) && addressingVerbs.contains(request.tokens[head].word)
    }

    private static let addressingVerbs: Set<String> = [
        "notify", "tell", "inform", "alert", "ask", "invite", "remind", "contact", "call", "message", "warn", "thank",
    ]

    /// "need it to ring": what follows is the subject of what is to happen.
    private static func takesClause(_ verb: Token) -> Bool { ["need", "want", "let", "make"].contains(verb.word) }

    /// The first "it" or "them" of a segment that is an object: after the verb or after a preposition.
    private static func pronoun(of segment: Segment, in tokens: [Token]) -> Int? {
        guard segment.role == .action, !takesClause(tokens[segment.head]) else { return nil }
        for index in segment.body.dropFirst() {
            let token = tokens[index]
            guard token.word == "it" || token.word == "them" else { continue }
            let follows = index - 1 == segment.head || tokens[index - 1].classes.contains(.preposition)
            let isSubject = index + 1 < segment.tokens.upperBound && tokens[index + 1].isAny(of: [.auxiliary, .verb])
            return follows && !isSubject ? index : nil
        }
        return nil
    }
}
