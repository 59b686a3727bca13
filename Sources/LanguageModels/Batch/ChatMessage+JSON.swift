package import JSONSchema

extension ChatMessage {
    /// `{"role": …, "content": …}`, as the common chat interfaces write it, with `tool_calls` and `tool_call_id` where
    /// there are any.
    package var json: JSONValue {
        var members: JSONObject = ["role": .string(role.rawValue), "content": .string(content)]
        if !toolCalls.isEmpty { members["tool_calls"] = .array(toolCalls.map(\.json)) }
        members["tool_call_id"] = toolCallID.map(JSONValue.string)
        return .object(members)
    }

    package init(json: JSONValue) throws(BatchRecordError) {
        let fields = try RecordFields(json, name: "a message")
        let word = try fields.text("role")
        guard let role = Role(rawValue: word) else {
            let known = Role.allCases.map(\.rawValue).joined(separator: ", ")
            throw BatchRecordError("unknown role \"\(word)\"; there are: \(known)")
        }
        self.init(role, try fields.text("content"), toolCallID: try fields.optionalText("tool_call_id"))
        for call in try fields.list("tool_calls") { toolCalls.append(try ChatToolCall(json: call)) }
    }
}

extension ChatToolCall {
    /// `{"id": …, "type": "function", "function": {"name": …, "arguments": …}}`, the arguments as text.
    package var json: JSONValue {
        [
            "id": .string(id), "type": "function",
            "function": ["name": .string(name), "arguments": .string(arguments)],
        ]
    }

    package init(json: JSONValue) throws(BatchRecordError) {
        let fields = try RecordFields(json, name: "a tool call")
        let function = try RecordFields(fields["function"] ?? [:], name: "\"function\"")
        self.init(
            id: try fields.text("id"),
            name: try function.text("name"),
            arguments: try function.optionalText("arguments") ?? ""
        )
    }
}
