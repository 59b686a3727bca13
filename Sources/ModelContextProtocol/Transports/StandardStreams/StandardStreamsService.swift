import Dispatch
import Glibc
import JSONSchema
import Subprocesses
import Synchronization

/// Serves one client over two descriptors, normally standard input and output: a message a line, both eras.
///
/// `initialize` selects the legacy era for this process; a request that says its version itself is served as one of the
/// modern era beside it.
package final class StandardStreamsService: Sendable {
    package struct Options: Sendable, Hashable {
        /// Most bytes of one message.
        package var maximumMessageBytes: Int
        /// Requests that are answered at once; four times as many may wait.
        package var maximumRequests: Int
        /// Subscriptions at a time.
        package var maximumListeners: Int
        /// Bytes that may wait for a client that does not read, before it is not read either.
        package var maximumUnreadBytes: Int
        /// How long requests may still take once the client has gone.
        package var closingGrace: Duration

        package init(
            maximumMessageBytes: Int = 16 << 20,
            maximumRequests: Int = 256,
            maximumListeners: Int = 64,
            maximumUnreadBytes: Int = 64 << 20,
            closingGrace: Duration = .seconds(2)
        ) {
            self.maximumMessageBytes = maximumMessageBytes
            self.maximumRequests = maximumRequests
            self.maximumListeners = maximumListeners
            self.maximumUnreadBytes = maximumUnreadBytes
            self.closingGrace = closingGrace
        }
    }

    private let server: MCPServer
    private let options: Options
    private let input: Int32
    private let writer: LineWriter
    private let inFlight = InFlightRequests()
    private let questions = PendingReplies()
    private let places: RequestPlaces
    private let listeners = Mutex(0)
    private let agreement = Mutex<LegacyAgreement?>(nil)
    private let lastQuestion = Mutex<Int64>(0)
    private let subscriptions = ResourceSubscriptions()

    package init(
        _ server: MCPServer,
        input: Int32 = STDIN_FILENO,
        output: Int32 = STDOUT_FILENO,
        options: Options = Options()
    ) {
        self.server = server
        self.options = options
        self.input = input
        writer = LineWriter(output, limit: options.maximumUnreadBytes)
        places = RequestPlaces(limit: options.maximumRequests, maximumBytes: 16 * options.maximumMessageBytes)
    }

    /// Answers until the client closes the input.
    ///
    /// - Throws: `ConnectionError` where no thread can be had.
    package func run() async throws {
        guard writer.start() == 0 else { throw ConnectionError.notStarted("no thread can be had") }
        try await withCheckedThrowingContinuation { (end: CheckedContinuation<Void, any Error>) in
            // Messages are read there, as deeply nested as the parser allows.
            let code = startThread(stackBytes: 8 << 20) {
                self.listen()
                end.resume()
            }
            if code != 0 { end.resume(throwing: ConnectionError.notStarted("no thread can be had")) }
        }
    }

    // MARK: - The listening thread

    private func listen() {
        var reader = LineReader(input, limit: options.maximumMessageBytes)
        while reader.read({ handle($0) }), !writer.isBroken {
            // A client that does not read its answers is not read either.
            writer.waitForRoom()
        }
        questions.end(.closed)
        let forward = changesTask.withLock { $0.take() }
        forward?.cancel()
        places.waitUntilIdle(within: .milliseconds(Int(options.closingGrace / .milliseconds(1))))
        inFlight.cancelAll()
        writer.finish(within: .seconds(2))
    }

    private func handle(_ line: LineReader.Line) {
        switch line {
        case .tooLong:
            let reason = "the message is longer than \(options.maximumMessageBytes) bytes"
            send(.response(Message.Response(id: nil, .invalidRequest(reason))))
        case .text(let bytes):
            do { receive(try Message(bytes: bytes), size: bytes.count) } catch {
                send(.response(Message.Response(id: error.id, error.error)))
            }
        }
    }

    private func receive(_ message: Message, size: Int) {
        switch message {
        case .response(let response): _ = questions.resolve(response)
        case .notification(let notification): receive(notification)
        case .request(let request):
            guard inFlight.begin(request.id) else {
                let error = ProtocolError.invalidRequest("a request with the id \(request.id) is being answered")
                return send(.response(Message.Response(id: request.id, error)))
            }
            if request.method == Method.initialize, !MCPServer.isModern(request) { return initialize(request) }
            if request.method == Method.listen { return listen(request) }
            switch places.admit(request, size: size) {
            case .begins: begin(request, size: size)
            case .waits: break
            case .refused: refuse(request)
            }
        }
    }

    private func begin(_ request: Message.Request, size: Int) {
        let task = Task {
            // One that was cancelled while it waited is not begun.
            let response = self.inFlight.isCancelled(request.id) ? nil : await self.response(to: request)
            if self.inFlight.end(request.id), let response { self.send(.response(response)) }
            if let next = self.places.leave(size: size) { self.begin(next.request, size: next.size) }
        }
        inFlight.answered(request.id, by: task)
    }

    /// A subscription lasts, so it takes no place of a request.
    private func listen(_ request: Message.Request) {
        let isAdmitted = listeners.withLock { count in
            guard count < options.maximumListeners else { return false }
            count += 1
            return true
        }
        guard isAdmitted else { return refuse(request) }
        let task = Task {
            let response = await self.response(to: request)
            self.listeners.withLock { $0 -= 1 }
            if self.inFlight.end(request.id) { self.send(.response(response)) }
        }
        inFlight.answered(request.id, by: task)
    }

    private func refuse(_ request: Message.Request) {
        _ = inFlight.end(request.id)
        let error = ProtocolError(ProtocolError.Code.busy, "Too many requests at once; wait for answers first")
        send(.response(Message.Response(id: request.id, error)))
    }

    private func receive(_ notification: Message.Notification) {
        switch notification.method {
        case Method.cancelled:
            if let json = notification.parameters["requestId"], let id = try? RequestID(json: json) {
                inFlight.cancel(id)
            }
        case Method.initialized: forwardChanges()
        default: break
        }
    }

    /// Answered at once and in order, since what follows depends on it.
    private func initialize(_ request: Message.Request) {
        _ = inFlight.end(request.id)
        switch server.initialize(request) {
        case .success((let agreement, let result)):
            self.agreement.withLock { $0 = agreement }
            send(.response(Message.Response(id: request.id, result)))
        case .failure(let error): send(.response(Message.Response(id: request.id, error)))
        }
    }

    // MARK: - Answering

    private func response(to request: Message.Request) async -> Message.Response {
        if MCPServer.isModern(request) { return await server.respond(to: request, link(ask: nil)) }
        guard let agreement = agreement.withLock({ $0 }) else {
            if request.method == Method.ping { return Message.Response(id: request.id, JSONObject()) }
            let reason =
                "name the \(MetaKey.protocolVersion) in _meta, or begin with \(Method.initialize); "
                + "versions: \(ProtocolVersion.supported.map(\.rawValue).joined(separator: ", "))"
            return Message.Response(id: request.id, .invalidRequest(reason))
        }
        return await server.respond(to: request, agreement, link(ask: ask))
    }

    private func link(ask: (@Sendable (String, JSONObject) async throws -> JSONObject)?) -> ClientLink {
        var link = ClientLink(
            principal: "standard streams",
            notify: { notification in
                let isVital = notification.method == Method.acknowledged
                self.writer.write(Message.notification(notification).line, isVital: isVital)
            },
            ask: ask
        )
        link.subscriptions = subscriptions
        return link
    }

    @Sendable private func ask(_ method: String, _ parameters: JSONObject) async throws -> JSONObject {
        let number = lastQuestion.withLock { number in
            number += 1
            return number
        }
        let id = RequestID.string("question-\(number)")
        let line = Message.request(Message.Request(id: id, method: method, parameters: parameters)).line
        defer { questions.forget(id) }
        return try await questions.response(to: id) { writer.write(line) }.outcome.get()
    }

    private func send(_ message: Message) { writer.write(message.line) }

    // MARK: - Changes, in the legacy era

    private let changesTask = Mutex<Task<Void, Never>?>(nil)

    private func forwardChanges() {
        guard agreement.withLock({ $0 }) != nil, let changes = server.surface.changes() else { return }
        let task = Task { [writer, subscriptions, capabilities = server.surface.capabilities] in
            for await change in changes {
                guard let notification = subscriptions.notification(of: change, by: capabilities) else { continue }
                writer.write(Message.notification(notification).line, isVital: false)
            }
        }
        changesTask.withLock { old in
            old?.cancel()
            old = task
        }
    }
}
