import HTTPTransport

/// Turns the events of a provider's stream into pieces of a reply.
protocol ChatEventReader: Sendable {
    /// The provider has said that nothing more comes.
    var isComplete: Bool { get }
    /// The stream may end here though the provider did not say so.
    var mayEnd: Bool { get }

    mutating func receive(_ event: ServerSentEvent) throws(ChatModelError) -> [ChatDelta]

    /// The reply that was put together.
    func reply(to request: ChatRequest) -> ChatReply
}

/// Pulls a streamed reply out of the body of an answer, piece by piece.
actor ChatEventStream<Reader: ChatEventReader> {
    private let request: ChatRequest
    private let model: String
    private var body: HTTPBody.Iterator
    private var parser = ServerSentEventParser()
    private var reader: Reader
    private var waiting: [ChatDelta] = []
    private var isOver = false
    /// Kept until the stream is over: the place among the calls that are on their way.
    private var lease: CallLease?
    /// Changes the reply before it is handed out.
    private let finishing: @Sendable (ChatReply) -> ChatReply

    init(
        _ opened: (response: HTTPStreamingResponse, lease: CallLease),
        _ reader: Reader,
        request: ChatRequest,
        model: String,
        finishing: @escaping @Sendable (ChatReply) -> ChatReply = { $0 }
    ) {
        self.request = request
        self.model = model
        self.reader = reader
        self.finishing = finishing
        lease = opened.lease
        body = opened.response.body.makeAsyncIterator()
    }

    func next() async throws -> ChatDelta? {
        while waiting.isEmpty, !isOver {
            do {
                try await fill()
            } catch {
                end()
                throw error
            }
        }
        return waiting.isEmpty ? nil : waiting.removeFirst()
    }

    private func fill() async throws {
        var body = body
        let piece: [UInt8]?
        do {
            piece = try await body.next()
        } catch let error as HTTPError {
            throw EndpointFailure(error, model: model).error
        }
        self.body = body
        do {
            let events = try piece.map { try parser.receive($0) } ?? parser.finish()
            for event in events { waiting += try reader.receive(event) }
        } catch let error as ServerSentEventParser.EventTooLarge {
            throw ChatModelError(.malformedReply, model: model, detail: "an event is larger than \(error.limit) bytes")
        }
        guard reader.isComplete || piece == nil else { return }
        guard reader.isComplete || reader.mayEnd else {
            throw ChatModelError(.unreachable, model: model, detail: "the stream broke off in the middle of the reply")
        }
        waiting.append(.finished(finishing(reader.reply(to: request))))
        end()
    }

    /// Lets go of the connection and of the place among the calls.
    private func end() {
        isOver = true
        lease = nil
        body = HTTPBody { nil }.makeAsyncIterator()
    }
}
