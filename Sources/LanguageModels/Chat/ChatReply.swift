/// What a model answered, why it stopped, and what that cost.
public struct ChatReply: Sendable, Hashable {
    /// What the model said; empty where it only called tools.
    public var text: String
    /// The tools the model asks for, in its order.
    public var toolCalls: [ChatToolCall]
    /// What the model thought before it answered, where the server shows that; no part of the answer.
    public var reasoning: String
    /// Tokens of the call.
    public var usage: TokenUsage
    /// Why the model stopped.
    public var finishReason: FinishReason

    public init(
        text: String,
        usage: TokenUsage,
        finishReason: FinishReason = .stop,
        toolCalls: [ChatToolCall] = [],
        reasoning: String = ""
    ) {
        self.text = text
        self.usage = usage
        self.finishReason = finishReason
        self.toolCalls = toolCalls
        self.reasoning = reasoning
    }

    /// The reply as a turn of the conversation that goes on.
    public var message: ChatMessage { .assistant(text, toolCalls: toolCalls) }
}

/// Why a reply ended.
public enum FinishReason: Sendable, Hashable {
    /// The model was done, or came to a stop sequence.
    case stop
    /// The reply reached its largest length and breaks off.
    case length
    /// The model waits for the tools it asked for.
    case toolCalls
    /// The provider withheld the reply or the rest of it.
    case contentFilter
    /// Whatever else a server says, in its own word.
    case other(String)
}

extension FinishReason: RawRepresentable {
    /// Reads the word that the common chat interfaces use.
    public init(rawValue: String) {
        self =
            switch rawValue {
            case "stop": .stop
            case "length": .length
            case "tool_calls": .toolCalls
            case "content_filter": .contentFilter
            default: .other(rawValue)
            }
    }

    public var rawValue: String {
        switch self {
        case .stop: "stop"
        case .length: "length"
        case .toolCalls: "tool_calls"
        case .contentFilter: "content_filter"
        case .other(let word): word
        }
    }
}
