/// "clean and plot the data": a verb without an object takes the one of the verb it is coordinated with.
enum SharedObjects {
    /// - Parameter groups: all steps of the request, also those beyond the limit of drafts.
    static func fill(_ drafts: inout [StepDraft], of groups: [StepGroup], in request: SegmentedRequest) {
        var shared: ObjectPhrase?
        for index in groups.indices.reversed() {
            let head = request.segments[groups[index].head]
            let isBare = head.cues.contains(.bareVerb) && groups[index].members.last == groups[index].head
            let object =
                isBare ? (takesPart(groups, index, in: request) ? shared : nil) : ObjectPhrase.of(head, in: request)
            if drafts.indices.contains(index) {
                drafts[index].object = object
                if isBare { drafts[index].sharedObject = object?.text }
            }
            shared = object
        }
    }

    /// The next step goes on right after this one, inside the sentence.
    private static func takesPart(_ groups: [StepGroup], _ index: Int, in request: SegmentedRequest) -> Bool {
        guard index + 1 < groups.count else { return false }
        let next = request.segments[groups[index + 1].head]
        guard groups[index + 1].head == groups[index].head + 1, !next.boundary.startsSentence else { return false }
        return next.boundary >= .comma && next.cues.isDisjoint(with: [.requested, .question, .desire])
    }
}
