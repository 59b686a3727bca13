import HTTPTransport
import JSONSchema

/// Reads a whole reply of Anthropic's Messages.
struct AnthropicReplyReader {
    let endpoint: ChatEndpoint

    func reply(_ response: HTTPResponse, to request: ChatRequest) throws(ChatModelError) -> ChatReply {
        let answer: JSONValue
        do {
            answer = try JSONParser.parse(utf8: response.body)
        } catch {
            throw malformed(response.body.isEmpty ? "it is empty" : "\(error)")
        }
        if let said = EndpointErrorBody(in: answer, hiding: endpoint.key) {
            throw ChatModelError(said.kind, model: endpoint.model, detail: "\(said.message) (\(endpoint.address))")
        }
        guard let blocks = answer["content"]?.arrayValue else { throw malformed("it has no content") }
        var draft = ChatReplyDraft()
        for block in blocks {
            switch block["type"]?.stringValue {
            case "text": _ = draft.add(text: block["text"]?.stringValue ?? "")
            case "thinking": _ = draft.add(reasoning: block["thinking"]?.stringValue ?? "")
            case "tool_use":
                let call: JSONValue = ["name": block["name"] ?? "", "arguments": block["input"] ?? [:]]
                _ = draft.addToolCall(at: draft.toolCalls.count, id: block["id"]?.stringValue, call)
            default: break
            }
        }
        draft.finish(answer["stop_reason"]?.stringValue)
        draft.usage = Self.usage(answer["usage"])
        return Self.unwrapped(draft.reply(to: request), request)
    }

    /// Tokens read from and written to the provider's cache are tokens of the prompt.
    static func usage(_ usage: JSONValue?) -> TokenUsage? {
        guard let input = usage?["input_tokens"]?.intValue else { return nil }
        let cached = ["cache_creation_input_tokens", "cache_read_input_tokens"]
            .compactMap { usage?[$0]?.intValue }.reduce(0, +)
        return TokenUsage(prompt: input + cached, completion: usage?["output_tokens"]?.intValue ?? 0, source: .measured)
    }

    /// The arguments of the tool that carries the form of the reply become its text.
    static func unwrapped(_ reply: ChatReply, _ request: ChatRequest) -> ChatReply {
        guard let form = AnthropicRequestBody.formTool(of: request),
            let call = reply.toolCalls.first(where: { $0.name == form.name })
        else { return StructuredText.tidied(reply, request.responseFormat) }
        var reply = reply
        reply.text = call.arguments
        reply.toolCalls = []
        if reply.finishReason == .toolCalls { reply.finishReason = .stop }
        return reply
    }

    private func malformed(_ detail: String) -> ChatModelError {
        ChatModelError(.malformedReply, model: endpoint.model, detail: "\(detail) (\(endpoint.address))")
    }
}
