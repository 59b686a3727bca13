/// Changes to the words of a step's head, so that it reads as a request of its own.
enum HeadWording {
    /// "start by scraping the site" asks to "scrape the site".
    static func apply(to drafts: inout [StepDraft], in request: SegmentedRequest) {
        for index in drafts.indices {
            let segment = request.segments[drafts[index].group.head]
            guard segment.role == .action, segment.head < segment.tokens.upperBound else { continue }
            let head = request.tokens[segment.head]
            if let base = Inflection.base(ofGerund: head.word) { drafts[index].replacements.append((head.span, base)) }
            if head.word == "know", segment.cues.contains(.requested) {
                drafts[index].replacements.append((head.span, "find out"))
            }
            drafts[index].topic = topic(of: drafts[index].group, in: request)
        }
    }

    /// "I need a new camera. Can you recommend one with good reviews?": the second sentence alone does not say what of.
    private static func topic(of group: StepGroup, in request: SegmentedRequest) -> String? {
        let segment = request.segments[group.head]
        guard group.members == [group.head], segment.head > 0, !segment.cues.contains(.first) else { return nil }
        guard !request.tokens[segment.body].contains(where: { topicPrepositions.contains($0.word) || $0.isLiteral })
        else { return nil }
        for announcement in request.segments[..<group.head].reversed() {
            if announcement.role == .action { return nil }
            guard announcement.role == .announcement else { continue }
            guard announcement.sentence < segment.sentence, !announcement.cues.contains(.announces),
                let span = request.span(of: announcement.body)
            else { return nil }
            return String(request.text(of: span))
        }
        return nil
    }

    private static let topicPrepositions: Set<String> = [
        "of", "on", "about", "for", "from", "between", "regarding", "in", "to", "related", "covering", "into", "that",
    ]
}
