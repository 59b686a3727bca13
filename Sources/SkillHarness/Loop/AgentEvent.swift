public import LanguageModels

/// What happens while an agent works, in order.
public enum AgentEvent: Sendable, Hashable {
    /// Skills were loaded for the request before the model was asked.
    case routed(skills: [String])
    /// The prompt of the next reply.
    case context(ContextReport)
    /// More of the model's text.
    case text(String)
    /// The model's reply is complete.
    case replied(ChatReply)
    /// A tool is about to be called.
    case calling(ChatToolCall)
    case returned(ChatToolCall, DispatchOutcome)
    case finished(AgentResult)
}

/// How an agent's work on one request ended.
public struct AgentResult: Sendable, Hashable {
    public enum Reason: String, Sendable, Hashable, CaseIterable {
        /// The model had nothing more to call.
        case answered
        case stepLimit = "step-limit"
        case tokenBudget = "token-budget"
        /// The prompt does not fit, whatever is left out.
        case contextFull = "context-full"
    }

    public var reason: Reason
    /// The model's last text.
    public var answer: String
    /// Replies of the model.
    public var steps: Int
    public var usage: TokenUsage
}
