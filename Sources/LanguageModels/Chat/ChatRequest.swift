/// A conversation to be continued, and how.
public struct ChatRequest: Sendable, Hashable {
    /// The conversation so far, oldest first.
    public var messages: [ChatMessage]
    /// How freely the model words its answer, and how long it may be.
    public var parameters: ChatParameters
    /// The tools the model may ask for.
    public var tools: [ChatTool]
    /// Whether it may, must or must not; without tools it says nothing.
    public var toolChoice: ChatToolChoice
    /// What the text of the reply must look like.
    public var responseFormat: ChatResponseFormat

    public init(
        messages: [ChatMessage],
        parameters: ChatParameters = ChatParameters(),
        tools: [ChatTool] = [],
        toolChoice: ChatToolChoice = .auto,
        responseFormat: ChatResponseFormat = .text
    ) {
        self.messages = messages
        self.parameters = parameters
        self.tools = tools
        self.toolChoice = toolChoice
        self.responseFormat = responseFormat
    }
}

extension ChatRequest: CustomStringConvertible {
    /// One line that lets a person recognise the request: its length and how its last message begins.
    public var description: String {
        guard let last = messages.last else { return "an empty conversation" }
        let opening = last.content.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let limit = 120
        let shown = opening.count > limit ? opening.prefix(limit) + "…" : opening[...]
        return "\(messages.count) messages, the last by \(last.role.rawValue): \"\(shown)\""
    }
}

/// How a model chooses its words; what is nil is left to the model's own default.
public struct ChatParameters: Sendable, Hashable {
    /// Randomness, 0 (the likeliest word) … 2.
    public var temperature: Double?
    /// Only the likeliest words that together have this probability are considered, 0…1.
    public var topP: Double?
    /// Longest reply, in tokens.
    public var maximumTokens: Int?
    /// Texts at which the reply ends; they are not part of it.
    public var stopSequences: [String]
    /// Asks for the same reply to the same request, as far as the server can.
    public var seed: Int?

    public init(
        temperature: Double? = nil,
        topP: Double? = nil,
        maximumTokens: Int? = nil,
        stopSequences: [String] = [],
        seed: Int? = nil
    ) {
        self.temperature = temperature
        self.topP = topP
        self.maximumTokens = maximumTokens
        self.stopSequences = stopSequences
        self.seed = seed
    }
}
