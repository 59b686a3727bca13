/// One turn of a conversation.
public struct ChatMessage: Sendable, Hashable {
    /// Who speaks; the raw values are those of the common chat interfaces.
    public enum Role: String, Sendable, Hashable, CaseIterable {
        /// The instructions the model follows throughout.
        case system
        case user
        /// The model itself, in an earlier reply.
        case assistant
        /// What a tool returned to a call of the model.
        case tool
    }

    /// Who says it.
    public var role: Role
    /// What is said.
    public var content: String
    /// The calls the model asked for in this turn; only an assistant's turn has any.
    public var toolCalls: [ChatToolCall]
    /// Identifier of the call that this turn answers; only a tool's turn has one.
    public var toolCallID: String?

    public init(_ role: Role, _ content: String, toolCalls: [ChatToolCall] = [], toolCallID: String? = nil) {
        self.role = role
        self.content = content
        self.toolCalls = toolCalls
        self.toolCallID = toolCallID
    }

    /// The instructions the model follows throughout.
    public static func system(_ content: String) -> ChatMessage { ChatMessage(.system, content) }
    /// What the user says.
    public static func user(_ content: String) -> ChatMessage { ChatMessage(.user, content) }
    /// What the model said earlier, and the tools it asked for.
    public static func assistant(_ content: String, toolCalls: [ChatToolCall] = []) -> ChatMessage {
        ChatMessage(.assistant, content, toolCalls: toolCalls)
    }
    /// What a tool returned to the call of that identifier.
    public static func toolResult(_ content: String, of toolCallID: String) -> ChatMessage {
        ChatMessage(.tool, content, toolCallID: toolCallID)
    }
}
