import JSONSchema
import Subprocesses
import Synchronization

/// A server that is a program on this machine: one message a line over its standard streams.
///
/// It runs in a process group of its own and is gone, with everything it started, when the transport is closed, when
/// nobody holds the transport any more, and when this process ends. Lines that are no messages are kept as remarks.
package final class StandardStreamsTransport: ClientTransport {
    /// A program that writes so many lines that are no messages is no server.
    static let maximumStrayLines = 1_000
    /// Questions of a server that are worked on at once; others are refused.
    static let maximumQuestions = 16

    private struct State {
        var conversation: Conversation?
        var listener: Task<Void, Never>?
        var isClosed = false
    }

    package let program: ServerProgram
    package let remarks: ServerRemarks
    private let pending = PendingReplies()
    private let state = Mutex(State())

    package init(_ program: ServerProgram, remarks: ServerRemarks = ServerRemarks()) {
        self.program = program
        self.remarks = remarks
    }

    deinit { state.withLock { $0.listener?.cancel() } }

    package var networkTransport: String? { "pipe" }

    package var probing: EraProbing { .anyErrorIsLegacy(silence: program.startTimeout) }

    package func open(_ inbox: ClientInbox) async throws {
        // After a handshake that failed the program still runs, and hears the next one; it is started once.
        let (started, wasClosed) = state.withLock { ($0.conversation, $0.isClosed) }
        guard !wasClosed else { throw ConnectionError.closed }
        if let started {
            guard !started.isOver else { throw ConnectionError.ended("it was started once and has ended") }
            return
        }
        let process = Subprocess(
            executable: program.command,
            arguments: program.arguments,
            environment: program.environment,
            workingDirectory: program.workingDirectory
        )
        let conversation: Conversation
        do {
            conversation = try await process.converse(
                limits: ConversationLimits(
                    maximumLineBytes: program.maximumMessageBytes,
                    maximumOutgoingBytes: 4 * program.maximumMessageBytes,
                    terminationGrace: program.closingGrace
                )
            )
        } catch {
            throw ConnectionError.notStarted("\(error)")
        }
        let listening = Listening(
            conversation: conversation,
            pending: pending,
            remarks: remarks,
            inbox: inbox,
            limit: program.maximumMessageBytes
        )
        let isTaken = state.withLock { state in
            guard !state.isClosed, state.conversation == nil else { return false }
            state.conversation = conversation
            state.listener = Task { await listening.run() }
            return true
        }
        guard !isTaken else { return }
        await conversation.stop()
        if state.withLock({ $0.isClosed }) { throw ConnectionError.closed }
    }

    package func exchange(_ request: Message.Request, _ delivery: Delivery) async throws -> Message.Response {
        let conversation = try conversation()
        let line = Message.request(request).line
        let id = request.id
        let clock = Task { [pending] in
            try? await Task.sleep(for: delivery.timeout)
            if !Task.isCancelled { pending.fail(id, ConnectionError.timedOut(after: delivery.timeout)) }
        }
        defer {
            clock.cancel()
            pending.forget(id)
        }
        var wasSent = false
        do {
            return try await pending.response(to: id) {
                try Self.send(line, to: conversation)
                wasSent = true
            }
        } catch {
            // Neither question a connection begins with may be cancelled; a server that is slow to start would stumble.
            if wasSent, request.method != Method.discover, request.method != Method.initialize {
                tellCancelled(id, error, conversation)
            }
            throw error
        }
    }

    package func notify(_ notification: Message.Notification, _ delivery: Delivery) async throws {
        try Self.send(Message.notification(notification).line, to: try conversation())
    }

    package func beganSession(_ version: ProtocolVersion) async {}

    package func close() async {
        let (conversation, listener) = state.withLock { state in
            state.isClosed = true
            defer { state.conversation = nil }
            return (state.conversation, state.listener)
        }
        pending.end(.closed)
        // The listener ends by the end of the conversation, having heard everything that was said.
        await conversation?.close(within: program.closingGrace)
        listener?.cancel()
        await listener?.value
    }

    private func conversation() throws(ConnectionError) -> Conversation {
        let (conversation, isClosed) = state.withLock { ($0.conversation, $0.isClosed) }
        guard let conversation else { throw isClosed ? .closed : .ended("it was not started") }
        return conversation
    }

    /// What nobody waits for any more need not be worked out (patterns, "Cancellation").
    private func tellCancelled(_ id: RequestID, _ reason: any Error, _ conversation: Conversation) {
        let said: String
        switch reason {
        case is CancellationError: said = "the caller cancelled"
        case ConnectionError.timedOut: said = "no answer in time"
        default: return
        }
        let notification = Message.Notification(Method.cancelled, ["requestId": id.json, "reason": .string(said)])
        try? Self.send(Message.notification(notification).line, to: conversation)
    }

    private static func send(_ line: [UInt8], to conversation: Conversation) throws(ConnectionError) {
        do { try conversation.send(line) } catch { throw ConnectionError(error) }
    }
}

/// The listening side: hands on what the server says until it says nothing more.
private struct Listening: Sendable {
    let conversation: Conversation
    let pending: PendingReplies
    let remarks: ServerRemarks
    let inbox: ClientInbox
    let limit: Int
    private let questions = Counter()

    init(
        conversation: Conversation,
        pending: PendingReplies,
        remarks: ServerRemarks,
        inbox: ClientInbox,
        limit: Int
    ) {
        self.conversation = conversation
        self.pending = pending
        self.remarks = remarks
        self.inbox = inbox
        self.limit = limit
    }

    func run() async {
        let end: ConnectionError
        do {
            while true { try handle(try await conversation.receive()) }
        } catch let error as ConversationError {
            end = ConnectionError(error)
        } catch {
            end = error as? ConnectionError ?? .ended("\(error)")
            await conversation.stop()
        }
        remarks.add(conversation.takeRemarks())
        pending.end(end)
        inbox.ended(end)
    }

    private func handle(_ line: [UInt8]) throws {
        remarks.add(conversation.takeRemarks())
        let message: Message
        do { message = try Message(bytes: line) } catch {
            // Blank lines and banners are common; a program that writes nothing else is no server.
            guard line.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) else { return }
            // A broken answer that can be told apart ends its request instead of letting it wait.
            if let id = error.id { pending.fail(id, ConnectionError.malformed(error.error.message)) }
            guard remarks.addStray(line) < StandardStreamsTransport.maximumStrayLines else {
                throw ConnectionError.malformed("it writes lines that are no messages to standard output")
            }
            return
        }
        switch message {
        // Nobody waits for a second answer, or for one to a request that was cancelled.
        case .response(let response): _ = pending.resolve(response)
        case .notification(let notification): inbox.notification(notification)
        case .request(let request):
            guard questions.add(below: StandardStreamsTransport.maximumQuestions) else {
                let error = ProtocolError(ProtocolError.Code.busy, "Too many questions at once")
                try? conversation.send(Message.response(Message.Response(id: request.id, error)).line)
                return
            }
            Task { [inbox, conversation, questions] in
                let response = await inbox.request(request)
                questions.remove()
                try? conversation.send(Message.response(response).line)
            }
        }
    }
}

/// How many there are.
private final class Counter: Sendable {
    private let count = Mutex(0)

    /// - Returns: false where there are too many.
    func add(below limit: Int) -> Bool {
        count.withLock { count in
            guard count < limit else { return false }
            count += 1
            return true
        }
    }

    func remove() { count.withLock { $0 -= 1 } }
}

extension ConnectionError {
    init(_ error: ConversationError) {
        switch error {
        case .ended(_, let status, let said):
            let how =
                switch status {
                case .exited(let code): "it ended with status \(code)"
                case .signalled(let signal): "signal \(signal) ended it"
                }
            self = .ended(said.isEmpty ? how : "\(how); it said: \(Excerpt.of(String(said.suffix(500)), limit: 500))")
        case .lineTooLong(_, let limit): self = .tooLarge(limit: limit)
        case .timedOut(_, let duration): self = .timedOut(after: duration)
        case .deaf: self = .ended("it does not read what it is sent")
        case .cancelled, .stopped: self = .closed
        }
    }
}
