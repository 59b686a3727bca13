package import JSONSchema

/// A prompt, filled in.
package struct GetPromptResult: MessageValue {
    package var description: String?
    package var messages: [PromptMessage]
    package var additional = JSONObject()

    package init(description: String? = nil, messages: [PromptMessage]) {
        self.description = description
        self.messages = messages
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "the answer to prompts/get")
        description = try members.optionalString("description")
        messages = try members.list("messages")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(
            JSONObject(["description": description?.json, "messages": messages.json], keeping: additional)
        )
    }
}
