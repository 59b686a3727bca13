public import LanguageModels

/// How a language model revises the local decomposer's plan.
public struct RevisionOptions: Sendable, Hashable {
    /// Most hints the model is given, 1…100 (H); fewer where the budget holds no more.
    public var hints: Int
    /// Candidates of each drafted step that hints are taken from, 1…100 (k).
    public var candidatesPerStep: Int
    /// Tokens that one call may cost, prompt and longest reply together; hints are cut to keep to it.
    public var tokenBudget: Int
    /// Tokens that the model can take at all, prompt and reply together; what does not fit is not sent.
    public var contextTokens: Int
    /// How often an answer that cannot be used is sent back with what is wrong about it, 0…3.
    public var repairs: Int
    /// Retrieves once more for the model's steps, to report how far the hints have settled; costs no call.
    public var measuresConvergence: Bool
    /// How the model chooses its words; without a largest length the draft decides on one.
    public var parameters: ChatParameters

    /// Values out of range are moved to the nearest bound.
    public init(
        hints: Int = 15,
        candidatesPerStep: Int = 10,
        tokenBudget: Int = 1_160,
        contextTokens: Int = 8_192,
        repairs: Int = 1,
        measuresConvergence: Bool = false,
        parameters: ChatParameters = ChatParameters(temperature: 0.1, topP: 0.9)
    ) {
        self.hints = min(max(hints, 1), 100)
        self.candidatesPerStep = min(max(candidatesPerStep, 1), 100)
        self.tokenBudget = max(tokenBudget, 1)
        self.contextTokens = max(contextTokens, 1)
        self.repairs = min(max(repairs, 0), 3)
        self.measuresConvergence = measuresConvergence
        self.parameters = parameters
    }
}
