/// Which stages a retriever has, and how they weigh.
package struct RetrievalOptions: Sendable {
    /// Entries that the first stage hands on.
    package var pool: Int
    package var firstStage: FirstStageWeights
    /// The stages after the first, in order.
    package var stages: [any Reranker]
    package var calibration = Calibration.standard
    /// The user's rules, applied after all stages.
    package var preferences = SkillPreferences()

    package init(
        pool: Int = 50,
        firstStage: FirstStageWeights = .standard,
        stages: [any Reranker] = [SignalFusion()]
    ) {
        self.pool = pool
        self.firstStage = firstStage
        self.stages = stages
    }
}
