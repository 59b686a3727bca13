import JSONSchema

/// Writes a request as `/chat/completions` takes it.
struct OpenAIRequestBody {
    let model: String
    let dialect: OpenAIDialect

    func json(_ request: ChatRequest, isStreaming: Bool) -> JSONValue {
        var body: JSONObject = ["model": .string(model)]
        let form = dialect.form(for: request.responseFormat)
        // Where the server is not told the schema the model is; an object is only given to those who say JSON.
        let messages =
            form == .schema ? request.messages : StructuredText.instructed(request.messages, request.responseFormat)
        body["messages"] = .array(messages.map(message))
        for (name, value) in parameters(request.parameters) where !dialect.withheld.contains(name) {
            body[name] = value
        }
        if !request.tools.isEmpty {
            body["tools"] = .array(request.tools.map(\.json))
            if request.toolChoice != .auto, !dialect.withheld.contains("tool_choice") {
                body["tool_choice"] = request.toolChoice.json
            }
        }
        body["response_format"] = form.map { $0 == .schema ? request.responseFormat : .json }?.json
        if isStreaming {
            body["stream"] = true
            if !dialect.withheld.contains("stream_options") { body["stream_options"] = ["include_usage": true] }
        }
        return .object(body)
    }

    private func message(_ message: ChatMessage) -> JSONValue {
        var members = message.json.objectValue ?? [:]
        // An assistant that only calls tools says nothing; some servers refuse an empty text there.
        if !message.toolCalls.isEmpty, message.content.isEmpty { members["content"] = .null }
        return .object(members)
    }

    private func parameters(_ parameters: ChatParameters) -> JSONObject {
        var members = parameters.json.objectValue ?? [:]
        if let length = members["max_tokens"] {
            members["max_tokens"] = nil
            members[dialect.lengthName.rawValue] = length
        }
        return members
    }
}
