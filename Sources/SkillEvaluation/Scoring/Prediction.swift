package import JSONSchema
package import LanguageModels
package import SkillRetrieval
package import TaskDecomposition

/// What a system made of one request, in the terms that metrics are defined on.
package struct Prediction: Sendable, Hashable {
    package struct Step: Sendable, Hashable {
        package var subtask: Subtask
        /// What retrieval found, best first; empty where it abstained.
        package var candidates: [Candidate]
        /// What the plan uses; nil where it abstains or where nothing was composed.
        package var selection: Candidate?
        /// Arguments the plan binds, in the notation of `OutputReference` with this prediction's steps; nil for none.
        package var arguments: JSONObject?

        package init(
            subtask: Subtask,
            candidates: [Candidate] = [],
            selection: Candidate? = nil,
            arguments: JSONObject? = nil
        ) {
            self.subtask = subtask
            self.candidates = candidates
            self.selection = selection
            self.arguments = arguments
        }
    }

    package var steps: [Step]
    /// Dependencies of the plan; nil where nothing was composed.
    package var edges: [StepEdge]?
    /// Milliseconds a stage took.
    package var latencies: [Stage: Double]
    /// Language-model tokens; nil where nobody knows.
    package var tokens: TokenUsage?
    /// What was asked of a language model; empty where none was.
    package var rounds: [DialogueRound]
    /// Why there is no answer; then `steps` is empty and every metric counts it as a miss.
    package var failure: String?

    package init(
        steps: [Step],
        edges: [StepEdge]? = nil,
        latencies: [Stage: Double] = [:],
        tokens: TokenUsage? = nil,
        rounds: [DialogueRound] = [],
        failure: String? = nil
    ) {
        self.steps = steps
        self.edges = edges
        self.latencies = latencies
        self.tokens = tokens
        self.rounds = rounds
        self.failure = failure
    }

    /// No answer at all.
    package static func failed(_ reason: String, latencies: [Stage: Double] = [:]) -> Prediction {
        Prediction(steps: [], edges: [], latencies: latencies, failure: reason)
    }

    var isComposed: Bool { edges != nil }

    /// The part that structural validity depends on.
    var shape: PlanShape {
        let reads = steps.enumerated().flatMap { position, step in
            OutputReference.all(in: .object(step.arguments ?? [:])).map { StepEdge($0.step, position) }
        }
        return PlanShape(skills: steps.map { $0.selection?.skill }, edges: edges ?? [], reads: reads)
    }
}

/// A part of the way from request to plan whose time is reported.
package enum Stage: String, Sendable, Hashable, CaseIterable {
    case decompose, retrieve, rerank, compose, total
}
