/// Puts the noun in the place of "it" and "them" where what came right before names just one thing it can be.
enum References {
    static func resolve(_ drafts: inout [StepDraft], in request: SegmentedRequest) {
        for index in drafts.indices {
            // A condition names its own things first: "if it passes, deploy it".
            guard drafts[index].group.members.first == drafts[index].group.head else { continue }
            guard let pronoun = pronoun(of: request.segments[drafts[index].group.head], in: request.tokens),
                let antecedent = antecedent(of: index, drafts, request), antecedent.isDefinite
            else { continue }
            guard isMany(request.tokens[pronoun]) == antecedent.isPlural else { continue }
            drafts[index].replacements.append((request.tokens[pronoun].span, antecedent.named))
            if drafts[index].object == nil { drafts[index].object = antecedent }
        }
    }

    /// What the step before works on; for the first step, what the sentence before it introduces.
    private static func antecedent(
        of index: Int,
        _ drafts: [StepDraft],
        _ request: SegmentedRequest
    ) -> ObjectPhrase? {
        guard index > 0 else { return ContextObjects.introduced(before: drafts[0].group.head, in: request) }
        let previous = drafts[index - 1]
        guard !addressesPerson(previous, in: request) else { return nil }
        guard let several = CoordinatedObjects(of: previous.group, in: request),
            let first = several.items.first, let last = several.items.last
        else { return previous.object }
        let text = String(request.text(of: first.lowerBound..<last.upperBound))
        return previous.object.map { ObjectPhrase(list: text, of: $0) }
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

    private static let pronouns: Set<String> = ["it", "them", "these", "those"]

    private static func isMany(_ pronoun: Token) -> Bool { pronoun.word != "it" }

    /// The first such pronoun of a segment that is an object: after the verb or after a preposition.
    private static func pronoun(of segment: Segment, in tokens: [Token]) -> Int? {
        guard segment.role == .action, segment.head < segment.tokens.upperBound, !takesClause(tokens[segment.head])
        else { return nil }
        for index in segment.body.dropFirst() where pronouns.contains(tokens[index].word) {
            let follows =
                index - 1 == segment.head || tokens[index - 1].classes.contains(.preposition)
                || Inflection.base(ofParticiple: tokens[index - 1].word) != nil
            let next = index + 1 < segment.tokens.upperBound ? tokens[index + 1] : nil
            let isSubject = next?.isAny(of: [.auxiliary, .verb]) ?? false
            // "these files" is no pronoun.
            let isAlone = tokens[index].word == "it" || tokens[index].word == "them" || next.map(endsPhrase) ?? true
            return follows && !isSubject && isAlone ? index : nil
        }
        return nil
    }

    private static func endsPhrase(_ token: Token) -> Bool {
        token.isPunctuation || token.isAny(of: [.preposition, .conjunction, .adverb])
    }
}

extension ObjectPhrase {
    /// A list of things, of which the first is known.
    fileprivate init(list text: String, of first: ObjectPhrase) {
        self = first
        self.text = text
        base = text
        isPlural = true
        isDefinite = true
    }
}
