/// Puts the words of a step together so that they read alone.
struct StepWording {
    let request: SegmentedRequest

    /// The text of a step: its conditions, its head without what led up to it, then everything that belongs to it.
    func text(of draft: StepDraft) -> String {
        var text = ""
        var previous: Int?
        let reasons = Reasons(request: request)
        for member in draft.group.members {
            let segment = request.segments[member]
            if member != draft.group.head, reasons.isReason(segment) || isHeading(member, of: draft.group) { continue }
            if let previous {
                text += separator(between: previous, and: member, head: draft.group.head)
            }
            let start =
                keepsConnective(member, after: previous, head: draft.group.head)
                ? segment.span.lowerBound : bodyStart(segment)
            let words = words(start..<max(start, reasons.end(of: segment)), draft.replacements)
            text += text.hasSuffix(". ") ? words.prefix(1).uppercased() + words.dropFirst() : words
            if member == draft.group.head, let object = draft.sharedObject { text += " " + object }
            previous = member
        }
        text = TrailingFiller.trim(text)
        if let topic = draft.topic { text += " (\(topic))" }
        return text
    }

    /// "Todo:" over a list says nothing about its first item.
    private func isHeading(_ member: Int, of group: StepGroup) -> Bool {
        let segment = request.segments[member]
        return member + 1 == group.head && request.segments[group.head].boundary == .listItem
            && segment.role == .continuation && segment.body.count <= 2
    }

    /// The first byte after what leads up to the clause; the whole segment when nothing else is in it.
    func bodyStart(_ segment: Segment) -> Int {
        request.span(of: segment.body)?.lowerBound ?? segment.span.lowerBound
    }

    /// Inside a sentence the request's own punctuation stands between two segments.
    private func separator(between previous: Int, and member: Int, head: Int) -> String {
        let (left, right) = (request.segments[previous], request.segments[member])
        if member == head { return ", " }
        guard member == previous + 1, !right.boundary.startsSentence else {
            return right.boundary.startsSentence ? ". " : ", "
        }
        return String(request.text(of: left.span.upperBound..<right.span.lowerBound))
    }

    /// "search flights and hotels": the "and" stays when its segment continues the one before.
    private func keepsConnective(_ member: Int, after previous: Int?, head: Int) -> Bool {
        guard let previous, member != head else { return false }
        return previous + 1 == member && !request.segments[member].boundary.startsSentence
    }

    private func words(_ span: Range<Int>, _ replacements: [(span: Range<Int>, text: String)]) -> String {
        var text = ""
        var start = span.lowerBound
        for replacement in replacements.sorted(by: { $0.span.lowerBound < $1.span.lowerBound })
        where replacement.span.lowerBound >= start {
            guard replacement.span.upperBound <= span.upperBound else { break }
            text += request.text(of: start..<replacement.span.lowerBound)
            text += replacement.text
            start = replacement.span.upperBound
        }
        text += request.text(of: start..<span.upperBound)
        return text
    }
}
