/// Verbs that share an object, and verbs that only their neighbours show to be verbs.
extension RoleTagger {
    /// "After downloading the data, clean it": what opens the request and nobody asked for before is a step.
    mutating func adoptLeadingTimeClause() {
        guard segments.count > 1, segments[0].cues.contains(.temporal), segments[1].role == .action else { return }
        let first = segments[0].head
        guard tokens[first].word == "after", segments[0].body.count > 2, !segments[1].cues.contains(.wish) else {
            return
        }
        guard tokens[first + 1].verbForm == .gerund, tokens[first + 2].startsObject else { return }
        segments[0].head += 1
        segments[0].decide(.action, 0.7, .gerundFirst)
    }

    /// "search, filter and plot the data": a lone verb between actions is one of them.
    mutating func adoptVerbLists() {
        for index in segments.indices.dropLast().reversed() {
            let segment = segments[index]
            guard segment.role == .continuation, segment.cues.isSuperset(of: [.nounVerbFirst, .bareVerb]) else {
                continue
            }
            let next = segments[index + 1]
            if next.role == .action, !next.boundary.startsSentence, isVerbFirst(next), index > 0,
                segments[index - 1].cues.contains(.bareVerb)
            {
                segments[index].decide(.action, 0.6)
            }
        }
    }

    private func isVerbFirst(_ segment: Segment) -> Bool {
        !segment.cues.isDisjoint(with: [.verbFirst, .nounVerbFirst])
    }

    /// "frobnicate the data": an unknown word before an object, among actions, is a verb.
    mutating func adoptUnknownVerbs() {
        for index in segments.indices {
            let segment = segments[index]
            guard mayAct(segment), segment.role != .action else { continue }
            let before = index == 0 || mayAct(segments[index - 1])
            let after = index + 1 == segments.count || mayAct(segments[index + 1])
            if before, after { segments[index].decide(.action, 0.5) }
        }
    }

    /// An action, or what would be one if its first word were known.
    private func mayAct(_ segment: Segment) -> Bool {
        if segment.role == .action { return true }
        return segment.role == .continuation && segment.cues.contains(.unknownFirst) && looksLikeImperative(segment)
    }

    private func looksLikeImperative(_ segment: Segment) -> Bool {
        let head = tokens[segment.head]
        guard segment.body.count > 1, !Inflection.looksNominal(head.word) else { return false }
        guard !head.isCapitalized || segment.boundary.startsSentence else { return false }
        let next = tokens[segment.head + 1]
        if next.isAny(of: [.determiner, .objectPronoun]) { return true }
        return segment.isInClausePosition
            && (next.startsObject || next.kind == .word && next.classes.isDisjoint(with: .closed))
    }

    /// "analyze and assess the data": two verbs for one act share a step.
    mutating func joinOneActs() {
        for index in segments.indices.dropFirst() {
            let (first, second) = (segments[index - 1], segments[index])
            guard first.role == .action, first.cues.contains(.bareVerb), second.role == .action else { continue }
            guard second.boundary == .word, second.connective == .and, second.head < second.tokens.upperBound else {
                continue
            }
            if VerbGroups.isOneAct(tokens[first.head], tokens[second.head]) {
                segments[index].decide(.continuation, 0.6)
            }
        }
    }
}
