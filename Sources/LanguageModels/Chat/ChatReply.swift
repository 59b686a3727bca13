/// What a model answered, why it stopped, and what that cost.
public struct ChatReply: Sendable, Hashable {
    public var text: String
    public var usage: TokenUsage
    public var finishReason: FinishReason

    public init(text: String, usage: TokenUsage, finishReason: FinishReason = .stop) {
        self.text = text
        self.usage = usage
        self.finishReason = finishReason
    }
}

/// Why a reply ended.
public enum FinishReason: Sendable, Hashable {
    /// The model was done, or came to a stop sequence.
    case stop
    /// The reply reached its largest length and breaks off.
    case length
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
            case "content_filter": .contentFilter
            default: .other(rawValue)
            }
    }

    public var rawValue: String {
        switch self {
        case .stop: "stop"
        case .length: "length"
        case .contentFilter: "content_filter"
        case .other(let word): word
        }
    }
}
