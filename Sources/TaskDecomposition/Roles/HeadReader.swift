/// Reads a segment's first words, and says what role they give it.
struct HeadReader {
    let tokens: [Token]
    /// The segment before, its role already read.
    let previous: Segment?

    func read(_ segment: inout Segment) {
        if tokens[segment.body].contains(where: \.isLiteral) { segment.cues.insert(.literal) }
        skipAdverbs(&segment)
        guard segment.head < segment.tokens.upperBound else {
            segment.decide(.context, 0.9, .filler)
            return
        }
        let head = tokens[segment.head]
        if segment.cues.contains(.requested) { return readRequest(&segment, head) }
        if segment.cues.contains(.intention) { return segment.decide(.action, 0.5) }
        if segment.cues.contains(.desire) { return readDesire(&segment, head) }
        if isNegated(segment) { return segment.decide(.parameter, 0.8, .setting) }
        if head.classes.contains(.questionWord) { return readQuestionWord(&segment, head) }
        if head.classes.contains(.auxiliary), isQuestion(segment) { return segment.decide(.action, 0.85, .question) }
        if head.classes.contains(.condition) { return segment.decide(.parameter, 0.8, .conditional) }
        if let role = purpose(segment) { return segment.decide(role, 0.8) }
        if head.classes.contains(.temporal), !isVerb(head) { return readTemporal(&segment) }
        if isVerb(head) { return readVerb(&segment, head) }
        if head.classes.contains(.subject), tellsSomething(segment) { return readStatement(&segment) }
        if let role = infinitive(segment) { return segment.decide(role, 0.8) }
        if readsAsGerund(segment, head) { return readGerund(&segment) }
        readOther(&segment, head)
    }

    func isVerb(_ token: Token) -> Bool { token.isAny(of: [.verb, .nounVerb]) && token.kind == .word }

    func next(after index: Int, in segment: Segment) -> Token? {
        index + 1 < segment.tokens.upperBound ? tokens[index + 1] : nil
    }

    /// "automatically extract": adverbs before a verb say nothing about the role.
    private func skipAdverbs(_ segment: inout Segment) {
        var index = segment.head
        while index < segment.tokens.upperBound, tokens[index].classes.contains(.adverb), !isVerb(tokens[index]),
            tokens[index].word != "not"
        {
            index += 1
        }
        guard index > segment.head, index < segment.tokens.upperBound else { return }
        if isVerb(tokens[index]) || tokens[index].isPunctuation { segment.head = index }
    }

    private func isNegated(_ segment: Segment) -> Bool {
        let head = tokens[segment.head].word
        if ["don't", "not", "without", "never"].contains(head) { return true }
        return head == "do" && next(after: segment.head, in: segment)?.word == "not"
    }
}

// MARK: - Requests and wishes

extension HeadReader {
    /// A verb is expected: "could you …", "I need to …".
    private func readRequest(_ segment: inout Segment, _ head: Token) {
        if isVerb(head) || ["have", "do", "be"].contains(head.word) {
            segment.decide(.action, 0.95, head.classes.contains(.verb) ? .verbFirst : .nounVerbFirst)
            noteVerb(&segment, head)
        } else if head.verbForm == .gerund {
            segment.decide(.action, 0.9, .gerundFirst)
        } else if head.kind == .word, head.classes.isDisjoint(with: .closed), !Inflection.isPlural(head.word) {
            segment.decide(.action, 0.75, .unknownFirst)
        } else {
            segment.cues.insert(.desire)
            readDesire(&segment, head)
        }
    }

    /// A thing is expected: "I need …", "I am looking for …".
    private func readDesire(_ segment: inout Segment, _ head: Token) {
        if segment.body.prefix(5).contains(where: { tokens[$0].classes.contains(.announcement) }) {
            segment.cues.insert(.announces)
        }
        segment.decide(.action, 0.75)
    }
}

// MARK: - Questions and conditions

extension HeadReader {
    private func readQuestionWord(_ segment: inout Segment, _ head: Token) {
        let isRelative = ["which", "who", "whom", "whose", "where", "when"].contains(head.word)
        let followsComma = segment.boundary == .comma && segment.connective == nil
        let asks = isQuestion(next(after: segment.head, in: segment))
        let isClearlyRelative = followsComma && ["which", "who", "whom", "whose"].contains(head.word)
        if !segment.boundary.startsSentence, isClearlyRelative || (!asks && (followsComma || isRelative)) {
            return segment.decide(.continuation, 0.7, .subordinate)
        }
        if head.word == "when", !asks { return readTemporal(&segment) }
        segment.decide(.action, 0.85, .question)
    }

    /// Begins with an auxiliary and something that can be a subject: "is there", "do you know", "are the".
    private func isQuestion(_ segment: Segment) -> Bool {
        guard let next = next(after: segment.head, in: segment) else { return false }
        if !segment.boundary.startsSentence, segment.connective == nil, !segment.cues.contains(.polite) {
            return next.classes.contains(.subject)
        }
        return next.isAny(of: [.subject, .determiner]) || segment.boundary.startsSentence
    }

    private func isQuestion(_ auxiliary: Token?) -> Bool { auxiliary?.classes.contains(.auxiliary) ?? false }

    private func readTemporal(_ segment: inout Segment) {
        segment.decide(segment.boundary.startsSentence ? .context : .parameter, 0.7, .temporal)
    }
}
