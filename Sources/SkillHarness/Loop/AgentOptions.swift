/// How far an agent may go by itself.
public struct AgentOptions: Sendable, Hashable {
    /// Most replies of the model to one request.
    public var maximumSteps: Int
    /// Most tokens, prompts and replies together, that one request may cost; nil for no limit.
    public var maximumTokens: Int?

    public init(maximumSteps: Int = 20, maximumTokens: Int? = nil) {
        self.maximumSteps = maximumSteps
        self.maximumTokens = maximumTokens
    }
}
