package import JSONSchema

extension ChatRequest {
    /// `{"messages", "parameters"}`, and `tools`, `tool_choice` and `response_format` where they say something.
    package var json: JSONObject {
        var members: JSONObject = ["messages": .array(messages.map(\.json)), "parameters": parameters.json]
        if !tools.isEmpty {
            members["tools"] = .array(tools.map(\.json))
            members["tool_choice"] = toolChoice.json
        }
        members["response_format"] = responseFormat.json
        return members
    }

    package init(json: JSONValue) throws(BatchRecordError) {
        let fields = try RecordFields(json, name: "a request")
        self.init(messages: [], parameters: try ChatParameters(json: fields["parameters"] ?? [:]))
        for message in try fields.list("messages") { messages.append(try ChatMessage(json: message)) }
        for tool in try fields.list("tools") { tools.append(try ChatTool(json: tool)) }
        if let choice = fields["tool_choice"] { toolChoice = try ChatToolChoice(json: choice) }
        if let format = fields["response_format"] { responseFormat = try ChatResponseFormat(json: format) }
    }
}
