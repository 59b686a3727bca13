/// One turn of a conversation.
public struct ChatMessage: Sendable, Hashable {
    /// Who speaks; the raw values are those of the common chat interfaces.
    public enum Role: String, Sendable, Hashable, CaseIterable {
        /// The instructions the model follows throughout.
        case system
        case user
        /// The model itself, in an earlier reply.
        case assistant
    }

    public var role: Role
    public var content: String

    public init(_ role: Role, _ content: String) {
        self.role = role
        self.content = content
    }

    /// The instructions the model follows throughout.
    public static func system(_ content: String) -> ChatMessage { ChatMessage(.system, content) }
    /// What the user says.
    public static func user(_ content: String) -> ChatMessage { ChatMessage(.user, content) }
    /// What the model said earlier.
    public static func assistant(_ content: String) -> ChatMessage { ChatMessage(.assistant, content) }
}
