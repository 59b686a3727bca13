/// One piece of a reply that arrives bit by bit.
public enum ChatDelta: Sendable, Hashable {
    /// More of the answer's text.
    case text(String)
    /// More of what the model thinks before it answers.
    case reasoning(String)
    /// The model asks for a tool; `index` counts the calls of the reply from 0.
    case toolCall(index: Int, id: String, name: String)
    /// More of the arguments of that call.
    case toolArguments(index: Int, String)
    /// The whole reply; always the last piece, and there is exactly one.
    case finished(ChatReply)
}
