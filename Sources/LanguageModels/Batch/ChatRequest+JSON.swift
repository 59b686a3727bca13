package import JSONSchema

extension ChatMessage {
    /// `{"role": …, "content": …}`, as the common chat interfaces write it.
    package var json: JSONValue {
        ["role": .string(role.rawValue), "content": .string(content)]
    }

    package init(json: JSONValue) throws(BatchRecordError) {
        let fields = try RecordFields(json, name: "a message")
        let word = try fields.text("role")
        guard let role = Role(rawValue: word) else {
            let known = Role.allCases.map(\.rawValue).joined(separator: ", ")
            throw BatchRecordError("unknown role \"\(word)\"; there are: \(known)")
        }
        self.init(role, try fields.text("content"))
    }
}

extension ChatParameters {
    /// `{"temperature": …, "top_p": …, "max_tokens": …, "stop": […]}`, without what is left to the model.
    package var json: JSONValue {
        var members = JSONObject()
        members["temperature"] = temperature.map(JSONValue.number)
        members["top_p"] = topP.map(JSONValue.number)
        members["max_tokens"] = maximumTokens.map { .integer(Int64($0)) }
        if !stopSequences.isEmpty { members["stop"] = .array(stopSequences.map(JSONValue.string)) }
        return .object(members)
    }

    package init(json: JSONValue) throws(BatchRecordError) {
        let fields = try RecordFields(json, name: "\"parameters\"")
        self.init(
            temperature: try fields.optionalNumber("temperature"),
            topP: try fields.optionalNumber("top_p"),
            maximumTokens: try fields.optionalCount("max_tokens")
        )
        for value in try fields.list("stop") {
            guard let text = value.stringValue else { throw BatchRecordError("\"stop\" holds something not a string") }
            stopSequences.append(text)
        }
    }
}
