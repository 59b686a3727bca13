import HTTPTransport
import JSONSchema

/// Reads the events of a streamed reply of Anthropic's Messages.
struct AnthropicStreamReader: ChatEventReader {
    let endpoint: ChatEndpoint
    /// Name of the tool whose arguments are the reply's text; nil where it has none.
    private let formTool: String?
    private var draft = ChatReplyDraft()
    /// Numbers of the blocks that carry the form of the reply.
    private var formBlocks: Set<Int> = []
    private var input = 0
    private(set) var isComplete = false

    init(endpoint: ChatEndpoint, formTool: String?) {
        self.endpoint = endpoint
        self.formTool = formTool
    }

    var mayEnd: Bool { false }

    mutating func receive(_ event: ServerSentEvent) throws(ChatModelError) -> [ChatDelta] {
        let data: JSONValue
        do {
            data = try JSONParser.parse(event.data)
        } catch {
            throw ChatModelError(.malformedReply, model: endpoint.model, detail: "an event of the stream: \(error)")
        }
        let number = data["index"]?.intValue ?? 0
        switch data["type"]?.stringValue ?? event.name {
        case "message_start": note(data["message"]?["usage"])
        case "content_block_start": return start(data["content_block"] ?? .null, number)
        case "content_block_delta": return add(data["delta"] ?? .null, number)
        case "message_delta":
            note(data["usage"])
            if let reason = data["delta"]?["stop_reason"]?.stringValue {
                draft.finish(reason == "tool_use" && !formBlocks.isEmpty ? "stop" : reason)
            }
        case "message_stop": isComplete = true
        case "error": throw error(data)
        default: break
        }
        return []
    }

    func reply(to request: ChatRequest) -> ChatReply { draft.reply(to: request) }

    private mutating func start(_ block: JSONValue, _ number: Int) -> [ChatDelta] {
        switch block["type"]?.stringValue {
        case "text": return draft.add(text: block["text"]?.stringValue ?? "")
        case "tool_use" where formTool != nil && block["name"]?.stringValue == formTool:
            formBlocks.insert(number)
            return []
        case "tool_use":
            let name: JSONValue = ["name": block["name"] ?? ""]
            return draft.addToolCall(at: number, id: block["id"]?.stringValue, name)
        default: return []
        }
    }

    private mutating func add(_ delta: JSONValue, _ number: Int) -> [ChatDelta] {
        switch delta["type"]?.stringValue {
        case "text_delta": draft.add(text: delta["text"]?.stringValue ?? "")
        case "thinking_delta": draft.add(reasoning: delta["thinking"]?.stringValue ?? "")
        case "input_json_delta" where formBlocks.contains(number):
            draft.add(text: delta["partial_json"]?.stringValue ?? "")
        case "input_json_delta":
            draft.addToolCall(at: number, id: nil, ["arguments": delta["partial_json"] ?? ""])
        default: []
        }
    }

    private mutating func note(_ usage: JSONValue?) {
        if let figures = AnthropicReplyReader.usage(usage) { input = figures.prompt }
        guard let output = usage?["output_tokens"]?.intValue else { return }
        draft.usage = TokenUsage(prompt: input, completion: output, source: .measured)
    }

    private func error(_ data: JSONValue) -> ChatModelError {
        let said = EndpointErrorBody(in: data, hiding: endpoint.key)
        return ChatModelError(
            said?.kind ?? .rejected,
            model: endpoint.model,
            detail: "\(said?.message ?? "an error") (in the middle of the reply)"
        )
    }
}
