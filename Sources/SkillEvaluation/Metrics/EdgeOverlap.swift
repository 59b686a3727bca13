/// How well the dependencies of a plan agree with the gold edges of a task.
package enum EdgeOverlap {
    /// Compares the edges after their steps were put in correspondence.
    ///
    /// A predicted edge at a step without a gold step is wrong. Nil where the task has no gold edge: neither precision
    /// nor recall means anything there, so the task is not counted.
    package static func score(
        _ predicted: some Sequence<StepEdge>,
        correspondence: StepCorrespondence,
        gold: [StepEdge]
    ) -> OverlapScore? {
        guard !gold.isEmpty else { return nil }
        let edges = Set(predicted)
        let translated = edges.compactMap { edge -> StepEdge? in
            guard
                let producer = correspondence.goldStep(of: edge.producer),
                let consumer = correspondence.goldStep(of: edge.consumer)
            else { return nil }
            return StepEdge(producer, consumer)
        }
        let hits = Set(translated).intersection(gold).count
        return OverlapScore(hits: hits, predicted: edges.count, gold: Set(gold).count)
    }
}
