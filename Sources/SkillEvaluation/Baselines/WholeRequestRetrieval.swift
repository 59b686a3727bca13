package import SkillRetrieval

/// The baseline without decomposition: the request as it stands is the only sub-task.
package enum WholeRequestRetrieval {
    /// The one sub-task of a request; none for a blank one.
    package static func subtasks(of request: String) -> [Subtask] {
        guard request.contains(where: { !$0.isWhitespace }) else { return [] }
        return [Subtask(id: "s1", text: request, span: 0..<request.utf8.count)]
    }

    /// The record of a task whose tools are the first few candidates of the whole request.
    ///
    /// - Parameter size: How many candidates are taken. It must not come from the task itself; the count that is most
    ///   frequent among the other tasks (`MajorityStepCount`) is a fair choice.
    package static func record(
        for task: GoldTask,
        candidates: [Candidate],
        size: Int,
        latencies: [Stage: Double] = [:]
    ) -> QueryRecord {
        let chosen = RankedRetrieval(inOrder: candidates.map(\.skill)).ranking.prefix(max(0, size))
        var values: [Metric: Double] = [:]
        if let score = OverlapScore(predicted: Set(chosen), gold: Set(task.tools)) {
            values = [.toolPrecision: score.precision, .toolRecall: score.recall, .toolF1: score.f1]
        }
        return QueryRecord(
            id: task.id,
            traits: QueryTraits(edgeKind: task.edges?.kind, stepOrigin: task.stepOrigin),
            goldSteps: task.steps.count,
            predictedSteps: 1,
            values: values,
            latencies: latencies
        )
    }
}
