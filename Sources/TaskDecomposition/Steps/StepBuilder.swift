import SkillRetrieval

/// Makes the steps of a request from its segments and their roles.
struct StepBuilder {
    private let request: SegmentedRequest
    private let limit: Int

    init(_ request: SegmentedRequest, limit: Int = DecompositionLimits.maximumSteps) {
        self.request = request
        self.limit = limit
    }

    func decomposition() -> Decomposition {
        let groups = StepGrouping.groups(of: request.segments)
        guard !groups.isEmpty else {
            return Decomposition(subtasks: [.whole(request.text, confidence: 0.1)], isProvisional: true)
        }
        var drafts = groups.prefix(limit).map { StepDraft(group: $0) }
        HeadWording.apply(to: &drafts, in: request)
        SharedObjects.fill(&drafts, of: groups, in: request)
        References.resolve(&drafts, in: request)
        PointingWords.resolve(&drafts, in: request)
        let wording = StepWording(request: request)
        let subtasks = drafts.enumerated().map { index, draft in
            Subtask(
                id: "s\(index + 1)",
                text: wording.text(of: draft),
                span: span(of: draft.group),
                confidence: confidence(of: request.segments[draft.group.head])
            )
        }
        return Decomposition(
            subtasks: subtasks,
            diagnostics: DecompositionLimits.diagnostics(steps: groups.count, limit),
            isProvisional: true
        )
    }

    /// What nobody asked for in so many words is a guess.
    private func confidence(of head: Segment) -> Double {
        head.role == .action ? head.confidence : min(head.confidence, 0.3)
    }

    /// From the first word that says something to the end of the last segment.
    private func span(of group: StepGroup) -> Range<Int> {
        let first = request.segments[group.members.first ?? group.head]
        let last = request.segments[group.members.last ?? group.head]
        return StepWording(request: request).bodyStart(first)..<last.span.upperBound
    }
}
