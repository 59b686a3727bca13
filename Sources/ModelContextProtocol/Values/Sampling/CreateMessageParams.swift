package import JSONSchema

/// What a server wants a client's model to answer.
package struct CreateMessageParams: MessageValue {
    /// Context of servers that a client is asked to add.
    package enum IncludedContext: String, Choice {
        case none
        case thisServer
        case allServers
    }

    package var messages: [SamplingMessage]
    /// Tokens the answer may have at most.
    package var maxTokens: Int
    package var modelPreferences: ModelPreferences?
    package var systemPrompt: String?
    package var includeContext: IncludedContext?
    package var temperature: Double?
    package var stopSequences: [String]?
    /// What is passed on to whoever runs the model.
    package var metadata: JSONObject?
    package var tools: [Tool]?
    package var toolChoice: ToolChoice?
    package var additional = JSONObject()

    package init(messages: [SamplingMessage], maxTokens: Int) {
        self.messages = messages
        self.maxTokens = maxTokens
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "the parameters of sampling/createMessage")
        messages = try members.list("messages")
        maxTokens = try members.integer("maxTokens")
        modelPreferences = try members.optional("modelPreferences")
        systemPrompt = try members.optionalString("systemPrompt")
        includeContext = try members.optional("includeContext")
        temperature = try members.optionalNumber("temperature")
        stopSequences = try members.optionalStrings("stopSequences")
        metadata = try members.optionalObject("metadata")
        tools = try members.optionalList("tools")
        toolChoice = try members.optional("toolChoice")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(
            JSONObject(
                [
                    "messages": messages.json, "maxTokens": maxTokens.json,
                    "modelPreferences": modelPreferences?.json, "systemPrompt": systemPrompt?.json,
                    "includeContext": includeContext?.json, "temperature": temperature?.json,
                    "stopSequences": stopSequences?.json, "metadata": metadata?.json, "tools": tools?.json,
                    "toolChoice": toolChoice?.json,
                ],
                keeping: additional
            )
        )
    }
}
