import JSONSchema

/// Writes a request as Anthropic's Messages take it.
struct AnthropicRequestBody {
    /// Longest reply where the request does not say; the interface wants a number.
    static let defaultMaximumTokens = 4096

    let model: String
    var dialect = AnthropicDialect()

    func json(_ request: ChatRequest, isStreaming: Bool) -> JSONValue {
        let form = Self.formTool(of: request)
        // A form that no tool can carry, or must carry, is asked for in words.
        let isCarried = form != nil && dialect.takesForcedTools
        let messages =
            isCarried ? request.messages : StructuredText.instructed(request.messages, request.responseFormat)
        var body: JSONObject = [
            "model": .string(model),
            "max_tokens": JSONValue(request.parameters.maximumTokens ?? Self.defaultMaximumTokens),
        ]
        let instructions = messages.filter { $0.role == .system }.map(\.content).joined(separator: "\n\n")
        if !instructions.isEmpty { body["system"] = .string(instructions) }
        body["messages"] = .array(turns(messages))
        // Randomness goes up to 1 here, and models take either of the two measures of it.
        if let temperature = request.parameters.temperature {
            if dialect.takesTemperature { body["temperature"] = .number(min(1, max(0, temperature))) }
        } else {
            body["top_p"] = request.parameters.topP.map(JSONValue.number)
        }
        if !request.parameters.stopSequences.isEmpty {
            body["stop_sequences"] = JSONValue(request.parameters.stopSequences)
        }
        let tools = form.map { [$0] } ?? request.tools
        if !tools.isEmpty {
            body["tools"] = .array(tools.map(tool))
            body["tool_choice"] = choice(form.map { .tool($0.name) } ?? request.toolChoice)
        }
        if isStreaming { body["stream"] = true }
        return .object(body)
    }

    /// The tool whose arguments are the reply, where the request asks for a form and offers no tools of its own.
    static func formTool(of request: ChatRequest) -> ChatTool? {
        guard case .schema(let form) = request.responseFormat, request.tools.isEmpty,
            form.schema["type"]?.stringValue == "object"
        else { return nil }
        return ChatTool(name: form.name, description: "Gives the answer.", parameters: form.schema)
    }

    /// The turns of the conversation; those of one speaker in a row become one.
    private func turns(_ messages: [ChatMessage]) -> [JSONValue] {
        var turns: [(role: String, blocks: [JSONValue])] = []
        for message in messages where message.role != .system {
            let role = message.role == .assistant ? "assistant" : "user"
            let blocks = blocks(message)
            guard !blocks.isEmpty else { continue }
            if turns.last?.role == role {
                turns[turns.count - 1].blocks += blocks
            } else {
                turns.append((role, blocks))
            }
        }
        return turns.map { ["role": .string($0.role), "content": .array($0.blocks)] }
    }

    private func blocks(_ message: ChatMessage) -> [JSONValue] {
        if message.role == .tool {
            return [
                [
                    "type": "tool_result", "tool_use_id": JSONValue(message.toolCallID ?? ""),
                    "content": .string(message.content),
                ]
            ]
        }
        var blocks: [JSONValue] = []
        // A text of nothing but blanks is refused.
        if message.content.contains(where: { !$0.isWhitespace }) {
            blocks.append(["type": "text", "text": .string(message.content)])
        }
        for call in message.toolCalls {
            let input = (try? call.parsedArguments())?.objectValue ?? [:]
            blocks.append(
                ["type": "tool_use", "id": .string(call.id), "name": .string(call.name), "input": .object(input)]
            )
        }
        return blocks
    }

    private func tool(_ tool: ChatTool) -> JSONValue {
        var members: JSONObject = ["name": .string(tool.name)]
        if !tool.description.isEmpty { members["description"] = .string(tool.description) }
        members["input_schema"] = tool.parameters
        return .object(members)
    }

    /// Whether the model is made to call a tool.
    static func forcesTools(_ request: ChatRequest) -> Bool {
        if formTool(of: request) != nil { return true }
        return switch request.toolChoice {
        case .auto, .none: false
        case .required, .tool: !request.tools.isEmpty
        }
    }

    private func choice(_ choice: ChatToolChoice) -> JSONValue {
        switch choice {
        case .auto: ["type": "auto"]
        case .none: ["type": "none"]
        case .required: ["type": dialect.takesForcedTools ? "any" : "auto"]
        case .tool(let name):
            dialect.takesForcedTools ? ["type": "tool", "name": .string(name)] : ["type": "auto"]
        }
    }
}
