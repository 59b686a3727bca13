/// A model whose replies are written beforehand, for tests and for trying things out without a model.
///
/// It remembers every request it was asked, in order. Calls are answered one after another.
public actor ScriptedChatModel: ChatModel {
    /// Chooses the reply to a request; nil when there is none for it.
    public typealias Answer = @Sendable (ChatRequest) throws -> ScriptedReply?

    private enum Script {
        case replies([ScriptedReply])
        case answer(Answer)
    }

    public nonisolated let name: String
    /// What the model was asked so far, answered or not.
    public private(set) var requests: [ChatRequest] = []

    private let script: Script
    private let counter: any TokenCounter

    /// A model that gives these replies, one a call.
    ///
    /// - Parameter counter: what the usage of each reply is counted with.
    public init(
        name: String = "scripted",
        replies: [ScriptedReply],
        counter: any TokenCounter = LengthEstimate()
    ) {
        self.name = name
        self.counter = counter
        script = .replies(replies)
    }

    /// A model that finds its reply by looking at the request.
    public init(
        name: String = "scripted",
        counter: any TokenCounter = LengthEstimate(),
        answering answer: @escaping Answer
    ) {
        self.name = name
        self.counter = counter
        script = .answer(answer)
    }

    /// The next reply of the script.
    ///
    /// - Throws: the scripted error, or `ChatModelError` of kind `scriptExhausted` that names the request.
    public func reply(to request: ChatRequest) async throws -> ChatReply {
        try Task.checkCancellation()
        requests.append(request)
        guard let scripted = try next(for: request) else {
            throw ChatModelError(.scriptExhausted, model: name, detail: "call \(requests.count) was \(request)")
        }
        switch scripted {
        case .failure(let error): throw error
        case .text(let text, let reason):
            return ChatReply(
                text: text,
                usage: counter.usage(of: request, completion: text),
                finishReason: reason
            )
        case .toolCalls(let calls, let text):
            return ChatReply(
                text: text,
                usage: counter.usage(of: request, completion: text + calls.map(\.arguments).joined()),
                finishReason: .toolCalls,
                toolCalls: calls
            )
        }
    }

    private func next(for request: ChatRequest) throws -> ScriptedReply? {
        switch script {
        case .replies(let replies): requests.count <= replies.count ? replies[requests.count - 1] : nil
        case .answer(let answer): try answer(request)
        }
    }
}

/// One reply, or failure, of a scripted model; a string literal is a reply that ended by itself.
public enum ScriptedReply: Sendable, Hashable, ExpressibleByStringLiteral {
    case text(String, FinishReason = .stop)
    /// The model asks for tools, and may say something besides.
    case toolCalls([ChatToolCall], text: String = "")
    case failure(ChatModelError)

    public init(stringLiteral text: String) { self = .text(text) }
}
