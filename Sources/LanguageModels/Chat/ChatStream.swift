/// A reply that arrives bit by bit; the last piece holds it whole.
///
/// The pieces are fetched when they are asked for, so a slow reader slows the model's server down. A stream is read once,
/// by one task. Reading less than all of it, or cancelling the task, ends the call.
public struct ChatStream: AsyncSequence, Sendable {
    public typealias Element = ChatDelta

    private let pull: @Sendable () async throws -> ChatDelta?

    /// A stream of what `pull` returns, up to its first nil.
    public init(pull: @escaping @Sendable () async throws -> ChatDelta?) {
        self.pull = pull
    }

    /// A stream of a reply that is already there.
    public init(of reply: ChatReply) {
        self.init(ReplayedDeltas(reply))
    }

    private init(_ deltas: ReplayedDeltas) {
        self.init { await deltas.next() }
    }

    public func makeAsyncIterator() -> Iterator { Iterator(pull: pull) }

    /// Reads the reply piece by piece.
    public struct Iterator: AsyncIteratorProtocol, Sendable {
        fileprivate let pull: @Sendable () async throws -> ChatDelta?

        public mutating func next() async throws -> ChatDelta? {
            try Task.checkCancellation()
            return try await pull()
        }
    }

    /// Reads to the end and returns the whole reply.
    ///
    /// - Throws: what the call throws.
    public func reply(of model: String) async throws -> ChatReply {
        for try await delta in self {
            if case .finished(let reply) = delta { return reply }
        }
        throw ChatModelError(.malformedReply, model: model, detail: "the stream ended before the reply did")
    }
}

/// The pieces of a finished reply, each part in one piece.
private actor ReplayedDeltas {
    private var remaining: [ChatDelta]

    init(_ reply: ChatReply) {
        var deltas: [ChatDelta] = []
        if !reply.reasoning.isEmpty { deltas.append(.reasoning(reply.reasoning)) }
        if !reply.text.isEmpty { deltas.append(.text(reply.text)) }
        for (index, call) in reply.toolCalls.enumerated() {
            deltas.append(.toolCall(index: index, id: call.id, name: call.name))
            if !call.arguments.isEmpty { deltas.append(.toolArguments(index: index, call.arguments)) }
        }
        deltas.append(.finished(reply))
        remaining = deltas.reversed()
    }

    func next() -> ChatDelta? { remaining.popLast() }
}
