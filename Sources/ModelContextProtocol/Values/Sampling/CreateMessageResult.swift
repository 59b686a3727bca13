package import JSONSchema

/// What a client's model answered.
package struct CreateMessageResult: MessageValue {
    package var role: Role
    package var content: SamplingContents
    /// The name of the model.
    package var model: String
    /// Why it ended: `endTurn`, `stopSequence`, `maxTokens`, `toolUse`, or a provider's own word.
    package var stopReason: String?
    package var additional = JSONObject()

    package init(role: Role, content: [SamplingContent], model: String, stopReason: String? = nil) {
        self.role = role
        self.content = SamplingContents(content)
        self.model = model
        self.stopReason = stopReason
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "the answer to sampling/createMessage")
        role = try members.required("role")
        content = try members.required("content")
        model = try members.string("model")
        stopReason = try members.optionalString("stopReason")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(
            JSONObject(
                [
                    "role": role.json, "content": content.json, "model": model.json,
                    "stopReason": stopReason?.json,
                ],
                keeping: additional
            )
        )
    }
}
