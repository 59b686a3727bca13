package import LanguageModels

/// Everything that is kept about one scored request: enough to build every table and test without running it again.
package struct QueryRecord: Sendable, Hashable, Identifiable {
    package let id: String
    /// What the request belongs to, for reporting by part.
    package var traits: QueryTraits
    package var goldSteps: Int?
    package var predictedSteps: Int?
    /// Only metrics that this request is counted in.
    package var values: [Metric: Double]
    /// How predicted steps were put in correspondence with gold steps; nil where they were not.
    package var alignment: StepCorrespondence.Method?
    /// Milliseconds.
    package var latencies: [Stage: Double]
    package var tokens: TokenUsage?
    package var failure: String?

    package init(
        id: String,
        traits: QueryTraits = QueryTraits(),
        goldSteps: Int? = nil,
        predictedSteps: Int? = nil,
        values: [Metric: Double] = [:],
        alignment: StepCorrespondence.Method? = nil,
        latencies: [Stage: Double] = [:],
        tokens: TokenUsage? = nil,
        failure: String? = nil
    ) {
        self.id = id
        self.traits = traits
        self.goldSteps = goldSteps
        self.predictedSteps = predictedSteps
        self.values = values
        self.alignment = alignment
        self.latencies = latencies
        self.tokens = tokens
        self.failure = failure
    }
}

/// What a request belongs to; nil where its set does not say.
package struct QueryTraits: Sendable, Hashable {
    package var difficulty: Difficulty?
    /// Whether its text asks for every gold step.
    package var isClean: Bool?
    package var edgeKind: GoldEdges.Kind?
    package var stepOrigin: GoldTask.StepOrigin?

    package init(
        difficulty: Difficulty? = nil,
        isClean: Bool? = nil,
        edgeKind: GoldEdges.Kind? = nil,
        stepOrigin: GoldTask.StepOrigin? = nil
    ) {
        self.difficulty = difficulty
        self.isClean = isClean
        self.edgeKind = edgeKind
        self.stepOrigin = stepOrigin
    }
}
