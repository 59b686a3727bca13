import HTTPTransport
import JSONSchema

/// Reads a whole reply of `/chat/completions`, as any of its many servers writes it.
struct OpenAIReplyReader {
    let endpoint: ChatEndpoint

    func reply(_ response: HTTPResponse, to request: ChatRequest) throws(ChatModelError) -> ChatReply {
        let answer: JSONValue
        do {
            answer = try JSONParser.parse(utf8: response.body)
        } catch {
            throw notJSON(response, error)
        }
        if let said = EndpointErrorBody(in: answer, hiding: endpoint.key) {
            throw ChatModelError(said.kind, model: endpoint.model, detail: "\(said.message) (\(endpoint.address))")
        }
        guard let choice = answer["choices"]?.arrayValue?.first else { throw malformed("it has no choices") }
        guard let message = choice["message"]?.objectValue else { throw malformed("its choice has no message") }
        var draft = ChatReplyDraft()
        _ = draft.add(text: Self.text(message["content"]))
        _ = draft.add(reasoning: Self.text(message["reasoning_content"] ?? message["reasoning"]))
        for (index, call) in (message["tool_calls"]?.arrayValue ?? []).enumerated() {
            _ = draft.addToolCall(at: index, id: call["id"]?.stringValue, call["function"] ?? .null)
        }
        if let call = message["function_call"], call != .null { _ = draft.addToolCall(at: 0, id: nil, call) }
        var reason = choice["finish_reason"]?.stringValue
        if let refusal = message["refusal"]?.stringValue, !refusal.isEmpty {
            _ = draft.add(text: refusal)
            reason = "content_filter"
        }
        draft.finish(reason)
        draft.usage = Self.usage(answer["usage"])
        return draft.reply(to: request)
    }

    /// The text of a message: a string, a list of parts, or null.
    static func text(_ content: JSONValue?) -> String {
        switch content {
        case .string(let text): text
        case .array(let parts): parts.compactMap { $0.stringValue ?? $0["text"]?.stringValue }.joined()
        default: ""
        }
    }

    static func usage(_ usage: JSONValue?) -> TokenUsage? {
        guard let prompt = usage?["prompt_tokens"]?.intValue, prompt >= 0 else { return nil }
        let completion = usage?["completion_tokens"]?.intValue ?? 0
        return TokenUsage(prompt: prompt, completion: max(0, completion), source: .measured)
    }

    private func notJSON(_ response: HTTPResponse, _ error: JSONSyntaxError) -> ChatModelError {
        guard !response.body.isEmpty else { return malformed("it is empty") }
        let said = EndpointErrorBody(response.body, mediaType: response.headers.mediaType, hiding: endpoint.key)
        guard !said.message.hasPrefix("a web page") else {
            return malformed("it is \(said.message); check the address, which usually ends with /v1")
        }
        return malformed("\(error)")
    }

    private func malformed(_ detail: String) -> ChatModelError {
        ChatModelError(.malformedReply, model: endpoint.model, detail: "\(detail) (\(endpoint.address))")
    }
}
