import HTTPTransport
import JSONSchema

/// Reads the events of a streamed reply of `/chat/completions`.
struct OpenAIStreamReader: ChatEventReader {
    let endpoint: ChatEndpoint
    private var draft = ChatReplyDraft()
    private(set) var isComplete = false

    init(endpoint: ChatEndpoint) { self.endpoint = endpoint }

    /// Some servers close the stream after the last piece without saying that it is the last.
    var mayEnd: Bool { draft.finishReason != nil }

    mutating func receive(_ event: ServerSentEvent) throws(ChatModelError) -> [ChatDelta] {
        let data = event.data.trimmingBlanks
        guard !data.isEmpty, !isComplete else { return [] }
        if data == "[DONE]" {
            isComplete = true
            return []
        }
        let chunk: JSONValue
        do {
            chunk = try JSONParser.parse(String(data))
        } catch {
            throw ChatModelError(.malformedReply, model: endpoint.model, detail: "an event of the stream: \(error)")
        }
        if event.name == "error" || chunk["error"] != nil, let said = error(in: chunk) { throw said }
        if let usage = OpenAIReplyReader.usage(chunk["usage"]) { draft.usage = usage }
        guard let choice = chunk["choices"]?.arrayValue?.first else { return [] }
        var deltas: [ChatDelta] = []
        if let delta = choice["delta"] ?? choice["message"] {
            deltas += draft.add(reasoning: OpenAIReplyReader.text(delta["reasoning_content"] ?? delta["reasoning"]))
            deltas += draft.add(text: OpenAIReplyReader.text(delta["content"]))
            deltas += draft.add(text: OpenAIReplyReader.text(delta["refusal"]))
            for call in delta["tool_calls"]?.arrayValue ?? [] {
                deltas += draft.addToolCall(
                    at: call["index"]?.intValue,
                    id: call["id"]?.stringValue,
                    call["function"] ?? .null
                )
            }
            if let call = delta["function_call"], call != .null { deltas += draft.addToolCall(at: 0, id: nil, call) }
        }
        if let reason = choice["finish_reason"]?.stringValue, !reason.isEmpty { draft.finish(reason) }
        return deltas
    }

    func reply(to request: ChatRequest) -> ChatReply { draft.reply(to: request) }

    private func error(in chunk: JSONValue) -> ChatModelError? {
        let said =
            EndpointErrorBody(in: chunk, hiding: endpoint.key)
            ?? EndpointErrorBody(in: ["error": chunk], hiding: endpoint.key)
        return said.map { body in
            ChatModelError(
                body.kind,
                model: endpoint.model,
                detail: "\(body.message) (in the middle of the reply)"
            )
        }
    }
}
