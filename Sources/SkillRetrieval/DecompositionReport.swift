public import LanguageModels

/// How the sub-tasks of a request came about: what was asked of a language model, what it cost, and what became of it.
public struct DecompositionReport: Sendable, Hashable {
    /// The model that was asked; nil where none was.
    public var model: String?
    /// Passes over the request, in order; the last one that counted has the sub-tasks.
    public var rounds: [DecompositionRound]
    /// Why the local plan stands in for the model's; nil where it does not.
    public var fallback: String?

    public init(model: String? = nil, rounds: [DecompositionRound] = [], fallback: String? = nil) {
        self.model = model
        self.rounds = rounds
        self.fallback = fallback
    }

    /// How often a model was asked.
    public var calls: Int { rounds.count { $0.call != nil } }

    /// What all calls cost together.
    public var tokens: TokenUsage { .sum(of: rounds.compactMap(\.call?.tokens)) }
}

/// One pass over a request.
public struct DecompositionRound: Sendable, Hashable {
    /// Sub-tasks it made; 0 where it made none that can be used.
    public var steps: Int
    /// Skills that were found for its sub-tasks, to hint at in the next round; nil where nobody looked.
    public var hints: Int?
    /// How much these skills and those of the round before have in common, 0…1; nil where there are not two to compare.
    public var jaccard: Double?
    /// The exchange with a model; nil for a pass without one.
    public var call: ModelCall?

    public init(steps: Int, hints: Int? = nil, jaccard: Double? = nil, call: ModelCall? = nil) {
        self.steps = steps
        self.hints = hints
        self.jaccard = jaccard
        self.call = call
    }
}

/// What one exchange with a language model cost.
public struct ModelCall: Sendable, Hashable {
    public var tokens: TokenUsage
    /// Milliseconds until the reply was there; nil where nobody measured it.
    public var latency: Double?
    public var finishReason: FinishReason

    public init(tokens: TokenUsage, latency: Double? = nil, finishReason: FinishReason = .stop) {
        self.tokens = tokens
        self.latency = latency
        self.finishReason = finishReason
    }
}
