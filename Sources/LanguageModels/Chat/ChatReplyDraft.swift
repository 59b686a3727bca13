import JSONSchema

/// A reply that is put together from what arrives.
struct ChatReplyDraft: Sendable {
    /// Most tools one reply may ask for.
    static let maximumToolCalls = 128

    private(set) var text = ""
    private(set) var reasoning = ""
    private(set) var toolCalls: [ChatToolCall] = []
    /// The server's numbers of the calls, in the order they began.
    private var callNumbers: [Int] = []
    private(set) var finishReason: FinishReason?
    /// What the server reports; nil while it has not.
    var usage: TokenUsage?

    mutating func add(text piece: String) -> [ChatDelta] {
        guard !piece.isEmpty else { return [] }
        text += piece
        return [.text(piece)]
    }

    mutating func add(reasoning piece: String) -> [ChatDelta] {
        guard !piece.isEmpty else { return [] }
        reasoning += piece
        return [.reasoning(piece)]
    }

    /// Takes a piece of a tool call in: `{"name", "arguments"}`, each of them now, later, or in pieces.
    ///
    /// - Parameters:
    ///   - number: the server's number of the call; nil means the last one, or a new one where the piece has a new name.
    ///   - id: what the server calls it; made up where it never says.
    mutating func addToolCall(at number: Int?, id: String?, _ function: JSONValue) -> [ChatDelta] {
        let name = function["name"]?.stringValue ?? ""
        let id = id.flatMap { $0.isEmpty ? nil : $0 }
        var deltas: [ChatDelta] = []
        var index: Int
        if let number, let known = callNumbers.firstIndex(of: number) {
            index = known
            // Servers that number every call 0 start a new one with a new identifier.
            if let id, id != toolCalls[known].id, !name.isEmpty, !toolCalls[known].arguments.isEmpty {
                index = toolCalls.count
            }
        } else if number == nil, name.isEmpty, !toolCalls.isEmpty {
            index = toolCalls.count - 1
        } else {
            index = toolCalls.count
        }
        if index == toolCalls.count {
            guard index < Self.maximumToolCalls else { return [] }
            if let number { callNumbers.removeAll { $0 == number } }
            callNumbers.insert(number ?? index, at: min(index, callNumbers.count))
            toolCalls.append(ChatToolCall(id: id ?? "call_\(index)", name: name, arguments: ""))
            deltas.append(.toolCall(index: index, id: toolCalls[index].id, name: name))
        }
        let arguments =
            switch function["arguments"] {
            case .string(let text): text
            case .some(let value) where value != .null: value.serialized()
            default: ""
            }
        if !arguments.isEmpty {
            toolCalls[index].arguments += arguments
            deltas.append(.toolArguments(index: index, arguments))
        }
        return deltas
    }

    /// Takes in why the reply ended, in the server's word.
    mutating func finish(_ reason: String?) {
        finishReason =
            switch reason {
            case nil, "", "stop", "eos", "eos_token", "end_turn", "stop_sequence", "STOP": .stop
            case "length", "max_tokens", "model_length", "MAX_TOKENS": .length
            case "tool_calls", "function_call", "tool_use": .toolCalls
            case "content_filter", "refusal", "safety": .contentFilter
            case .some(let word): .other(word)
            }
    }

    /// The reply as it stands; a cost the server does not report is estimated.
    func reply(to request: ChatRequest) -> ChatReply {
        var reason = finishReason ?? .stop
        if reason == .stop, !toolCalls.isEmpty { reason = .toolCalls }
        let written = text + reasoning + toolCalls.map { $0.name + $0.arguments }.joined()
        return ChatReply(
            text: text,
            usage: usage ?? LengthEstimate().usage(of: request, completion: written),
            finishReason: reason,
            toolCalls: toolCalls,
            reasoning: reasoning
        )
    }
}
