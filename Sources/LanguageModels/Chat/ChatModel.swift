/// A language model that answers a conversation.
///
/// Contract: one call is one exchange, nothing is remembered between calls; a call ends by a reply, by a
/// `ChatModelError`, or by `CancellationError` when its task is cancelled; several calls may run at once.
public protocol ChatModel: Sendable {
    /// What results and logs call the model, for example `qwen2.5-7b-instruct`.
    var name: String { get }

    /// Answers the conversation with one assistant message.
    func reply(to request: ChatRequest) async throws -> ChatReply

    /// Answers the conversation bit by bit.
    ///
    /// The pieces put together are the reply that the last piece holds.
    func stream(_ request: ChatRequest) async throws -> ChatStream
}

extension ChatModel {
    /// For models that cannot stream: the whole reply, once it is there.
    public func stream(_ request: ChatRequest) async throws -> ChatStream {
        ChatStream(of: try await reply(to: request))
    }
}
