public import LanguageModels

/// How skill-aware decomposition proceeds; the defaults are those of arXiv 2606.18051.
public struct SkillAwareOptions: Sendable, Hashable {
    /// How often the decomposition is redone with hints, 1…8 (T).
    public var iterations: Int
    /// Two successive sets of hints with more in common than this end it, 0…1 (τ).
    public var convergence: Double
    /// Most hints the model is given, 1…100 (H).
    public var hints: Int
    /// Candidates of each sub-task that hints are taken from, 1…100: 15 in the paper, 10 in its code.
    public var candidatesPerStep: Int
    /// Whether the model reads each hint's description beside its name.
    public var describesHints: Bool
    /// Retrieves once more after the last round, only to report how far the hints have settled.
    public var measuresConvergence: Bool
    public var wording: PromptWording
    public var parameters: ChatParameters

    /// Values out of range are moved to the nearest bound.
    public init(
        iterations: Int = 1,
        convergence: Double = 0.6,
        hints: Int = 15,
        candidatesPerStep: Int = 15,
        describesHints: Bool = false,
        measuresConvergence: Bool = false,
        wording: PromptWording = .paper,
        parameters: ChatParameters = .decomposition
    ) {
        self.iterations = min(max(iterations, 1), 8)
        self.convergence = min(max(convergence, 0), 1)
        self.hints = min(max(hints, 1), 100)
        self.candidatesPerStep = min(max(candidatesPerStep, 1), 100)
        self.describesHints = describesHints
        self.measuresConvergence = measuresConvergence
        self.wording = wording
        self.parameters = parameters
    }
}
