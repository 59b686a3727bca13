import CMicroHTTPD
import Synchronization

/// One request and its answer, between the server's thread, which reads and writes, and the task that answers.
///
/// The server's thread leaves the connection aside (suspends it) whenever it has to wait for the task; the task takes it up
/// again (resumes it). Both happen under the lock, so that none is lost and none comes twice.
final class ServerExchange: Sendable {
    /// What the server's thread has to do next.
    enum Step {
        /// The connection is left aside; it is called again when there is something to send.
        case wait
        case answer(HTTPServerResponse)
        /// The server ends, or the task was cancelled: the connection is closed.
        case abandon
    }

    /// What there is to send of a streamed body.
    enum Piece {
        case bytes([UInt8])
        case wait
        case end
        case failure
    }

    private struct State {
        /// As the client wrote it; nil for what is no UTF-8.
        var target: String?
        var head: RequestHead?
        var body: [UInt8] = []
        /// Bytes of the body that came, also those that were not kept.
        var received = 0
        /// Bytes of the budget that this request holds.
        var held = 0
        var deadline: ContinuousClock.Instant?
        var refusal: HTTPStatus?
        var wasSeen = false
        var task: Task<Void, Never>?
        var response: HTTPServerResponse?
        /// The connection, while it is left aside.
        var suspended: ServerHandle?
        var ticket: ConnectionWatch.Ticket?
        /// Set once the request has arrived.
        var socket: Int32?
        var outgoing: [UInt8] = []
        /// How many bytes of `outgoing` are sent.
        var sent = 0
        var isStreamOver = false
        var hasStreamFailed = false
        var isAbandoned = false
        /// The task, while it waits for the client to read.
        var writer: CheckedContinuation<Bool, Never>?

        var waitingBytes: Int { outgoing.count - sent }
    }

    private let state: Mutex<State>
    private let bufferedBytes: Int
    private let budget: BodyBudget
    private let watch: ConnectionWatch

    init(target: String?, bufferedBytes: Int, budget: BodyBudget, watch: ConnectionWatch) {
        state = Mutex(State(target: target))
        self.bufferedBytes = max(1, bufferedBytes)
        self.budget = budget
        self.watch = watch
    }

    var target: String? { state.withLock(\.target) }
    var head: RequestHead? { state.withLock(\.head) }

    // MARK: - On the server's thread

    /// Notes when the request must have arrived.
    func expect(by deadline: ContinuousClock.Instant) { state.withLock { $0.deadline = deadline } }

    /// Keeps what the request says before its body.
    func take(_ head: RequestHead) { state.withLock { $0.head = head } }

    /// Whether this is the first time the server asks: the headers are there, the body is not.
    func isFirstCall() -> Bool {
        state.withLock { state in
            defer { state.wasSeen = true }
            return !state.wasSeen
        }
    }

    /// Takes a piece of the body in; too much of it makes the request be refused once it has arrived.
    ///
    /// - Returns: a status where the connection is to be closed: the body takes too long, or does not end after it was
    ///   refused.
    func receive(_ bytes: UnsafeBufferPointer<UInt8>, limit: Int) -> HTTPStatus? {
        state.withLock { state in
            if let deadline = state.deadline, ContinuousClock.now > deadline { return 408 }
            state.received += bytes.count
            if state.received > limit {
                refuse(&state, 413)
                return state.received > 4 * limit ? 413 : nil
            }
            guard state.refusal == nil else { return nil }
            guard budget.take(bytes.count) else {
                refuse(&state, 503)
                return nil
            }
            state.held += bytes.count
            state.body += bytes
            return nil
        }
    }

    private func refuse(_ state: inout State, _ status: HTTPStatus) {
        state.refusal = status
        state.body = []
        release(&state)
    }

    private func release(_ state: inout State) {
        budget.giveBack(state.held)
        state.held = 0
    }

    /// Why the request is not answered as asked; nil for one that is.
    var refusal: HTTPStatus? { state.withLock(\.refusal) }

    /// The whole body; it is handed over once.
    func takeBody() -> [UInt8] {
        state.withLock { state in
            defer { state.body = [] }
            return state.body
        }
    }

    /// Lets a task work on the answer; the connection waits for it.
    func begin(on connection: UnsafeMutableRawPointer, _ work: @escaping @Sendable () async -> Void) {
        state.withLock { state in
            guard !state.isAbandoned else { return }
            let socket = skw_http_socket(connection)
            state.socket = socket
            watch.forget(socket)
            suspend(&state, connection)
            // Not structured: it belongs to the request, which the server's thread ends by cancelling it.
            state.task = Task { await work() }
        }
    }

    /// What to do with a connection that was taken up again.
    func step() -> Step {
        state.withLock { state in
            if state.isAbandoned { return .abandon }
            guard let response = state.response else { return .wait }
            return .answer(response)
        }
    }

    /// The next bytes of a streamed body, at most so many; leaves the connection aside where there are none yet.
    func nextPiece(_ count: Int, on connection: UnsafeMutableRawPointer) -> Piece {
        let (piece, writer) = state.withLock { state -> (Piece, CheckedContinuation<Bool, Never>?) in
            if state.isAbandoned || state.hasStreamFailed { return (.failure, nil) }
            guard state.sent < state.outgoing.count else {
                if state.isStreamOver { return (.end, nil) }
                suspend(&state, connection)
                return (.wait, nil)
            }
            let piece = Array(state.outgoing[state.sent...].prefix(count))
            state.sent += piece.count
            if state.sent == state.outgoing.count {
                state.outgoing = []
                state.sent = 0
            }
            guard state.waitingBytes < bufferedBytes else { return (.bytes(piece), nil) }
            defer { state.writer = nil }
            return (.bytes(piece), state.writer)
        }
        writer?.resume(returning: true)
        return piece
    }

    /// The request is over: whoever works on it is told to stop.
    func end() { stop(closing: false) }

    /// The server ends, or the client has gone: the connection, if it is left aside, is taken up to be closed.
    func abandon() { stop(closing: true) }

    private func stop(closing: Bool) {
        let (task, writer) = state.withLock { state -> (Task<Void, Never>?, CheckedContinuation<Bool, Never>?) in
            state.isAbandoned = true
            if closing {
                resume(&state)
            } else {
                release(&state)
                unwatch(&state)
                state.suspended = nil
                if let socket = state.socket.take() { watch.expectRequest(on: socket) }
            }
            state.outgoing = []
            state.sent = 0
            defer { state.writer = nil }
            return (state.task, state.writer)
        }
        task?.cancel()
        writer?.resume(returning: false)
    }

    // MARK: - In the task

    /// The answer is there.
    func respond(_ response: HTTPServerResponse) {
        state.withLock { state in
            state.response = response
            resume(&state)
        }
    }

    /// Sends a piece of the body; waits while the client is slow to read.
    ///
    /// - Returns: false when nobody reads any more.
    func send(_ bytes: [UInt8]) async -> Bool {
        let mustWait = state.withLock { state -> Bool in
            guard !state.isAbandoned else { return false }
            state.outgoing += bytes
            resume(&state)
            return state.waitingBytes >= bufferedBytes
        }
        guard mustWait else { return state.withLock { !$0.isAbandoned } }
        return await withCheckedContinuation { continuation in
            let isDone = state.withLock { state -> Bool? in
                if state.isAbandoned { return false }
                if state.waitingBytes < bufferedBytes { return true }
                state.writer = continuation
                return nil
            }
            if let isDone { continuation.resume(returning: isDone) }
        }
    }

    /// No more of the body comes.
    func finishStream(failed: Bool) {
        state.withLock { state in
            state.isStreamOver = true
            state.hasStreamFailed = failed
            resume(&state)
        }
    }

    // MARK: -

    private func suspend(_ state: inout State, _ connection: UnsafeMutableRawPointer) {
        skw_http_suspend(connection)
        state.suspended = ServerHandle(connection)
        if let socket = state.socket { state.ticket = watch.add(self, socket) }
    }

    private func unwatch(_ state: inout State) {
        if let ticket = state.ticket.take() { watch.remove(ticket) }
    }

    private func resume(_ state: inout State) {
        guard let connection = state.suspended else { return }
        state.suspended = nil
        unwatch(&state)
        skw_http_resume(connection.pointer)
    }
}
