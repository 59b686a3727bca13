package import JSONSchema

extension ChatParameters {
    /// `{"temperature": …, "top_p": …, "max_tokens": …, "stop": […], "seed": …}`, without what is left to the model.
    package var json: JSONValue {
        var members = JSONObject()
        members["temperature"] = temperature.map(JSONValue.number)
        members["top_p"] = topP.map(JSONValue.number)
        members["max_tokens"] = maximumTokens.map { .integer(Int64($0)) }
        if !stopSequences.isEmpty { members["stop"] = .array(stopSequences.map(JSONValue.string)) }
        members["seed"] = seed.map { .integer(Int64($0)) }
        return .object(members)
    }

    package init(json: JSONValue) throws(BatchRecordError) {
        let fields = try RecordFields(json, name: "\"parameters\"")
        self.init(
            temperature: try fields.optionalNumber("temperature"),
            topP: try fields.optionalNumber("top_p"),
            maximumTokens: try fields.optionalCount("max_tokens"),
            seed: try fields.optionalCount("seed")
        )
        for value in try fields.list("stop") {
            guard let text = value.stringValue else { throw BatchRecordError("\"stop\" holds something not a string") }
            stopSequences.append(text)
        }
    }
}
