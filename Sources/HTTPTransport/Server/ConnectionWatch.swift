import CMicroHTTPD
import Dispatch
import Glibc
import Synchronization

/// Notices what libmicrohttpd does not: that a client closed a connection which was left aside while its request is
/// answered, and that one never finishes its headers.
///
/// A client that closes its sending side may have gone, or may be reading still: it gets what is answered soon; what takes
/// longer is not worked out any more.
final class ConnectionWatch: Sendable {
    /// One connection that is left aside.
    struct Ticket: Sendable {
        fileprivate var token: UInt64
        fileprivate var socket: Int32
    }

    private struct State {
        var exchanges: [UInt64: ServerExchange] = [:]
        var lastToken: UInt64 = 0
        /// Until when those are answered who closed their sending side.
        var leaving: [UInt64: ContinuousClock.Instant] = [:]
        /// When the next request of a connection must have arrived.
        var deadlines: [Int32: ContinuousClock.Instant] = [:]
        var isOver = false
    }

    private let watch: Int32
    private let wake: Int32
    /// How long a client is answered that has closed its sending side.
    private var farewell: Duration { min(.seconds(5), patience) }
    /// How long a connection may take from one request to the next whole one.
    private let patience: Duration
    private let state = Mutex(State())

    /// - Returns: nil where the system has no descriptors left.
    init?(patience: Duration) {
        var wake: Int32 = -1
        watch = skw_watch_open(&wake)
        self.wake = wake
        self.patience = patience
        guard watch >= 0 else { return nil }
    }

    deinit {
        guard watch >= 0 else { return }
        close(watch)
        close(wake)
    }

    /// Begins to watch, on a thread of its own.
    func start() { DispatchQueue(label: "connection watch").async { self.run() } }

    func stop() {
        state.withLock { $0.isOver = true }
        skw_watch_wake(wake)
    }

    // MARK: - Connections that are left aside

    /// Abandons the exchange when its client goes; to be called while the connection is left aside.
    func add(_ exchange: ServerExchange, _ socket: Int32) -> Ticket {
        state.withLock { state in
            state.lastToken += 1
            state.exchanges[state.lastToken] = exchange
            skw_watch_add(watch, socket, state.lastToken)
            return Ticket(token: state.lastToken, socket: socket)
        }
    }

    /// To be called before the connection is taken up again.
    func remove(_ ticket: Ticket) {
        state.withLock { state in
            guard state.exchanges.removeValue(forKey: ticket.token) != nil else { return }
            state.leaving[ticket.token] = nil
            skw_watch_remove(watch, ticket.socket)
        }
    }

    // MARK: - Connections whose next request is due

    func expectRequest(on socket: Int32) {
        let isFirst = state.withLock { state in
            state.deadlines[socket] = .now + patience
            return state.deadlines.count == 1
        }
        if isFirst { skw_watch_wake(wake) }
    }

    /// The request has arrived, or the connection is closed.
    func forget(_ socket: Int32) { state.withLock { _ = $0.deadlines.removeValue(forKey: socket) } }

    // MARK: - The thread

    private func run() {
        var tokens = [UInt64](repeating: 0, count: 64)
        while let pause = millisecondsToWait() {
            let count = Int(skw_watch_wait(watch, pause, &tokens, Int32(tokens.count)))
            for token in tokens[..<count] where token != 0 {
                let isGone = token >> UInt64(skw_watch_gone_bit) != 0
                noteClosed(token & ~(1 << UInt64(skw_watch_gone_bit)), isGone)
            }
            closeLate()
            abandonLeft()
        }
    }

    private func noteClosed(_ token: UInt64, _ isGone: Bool) {
        let gone = state.withLock { state -> ServerExchange? in
            // Looked up anew: it may have been taken up while this thread woke.
            guard let exchange = state.exchanges[token] else { return nil }
            if isGone { return exchange }
            state.leaving[token] = .now + farewell
            return nil
        }
        gone?.abandon()
    }

    private func abandonLeft() {
        let now = ContinuousClock.now
        let left = state.withLock { state -> [ServerExchange] in
            let due = state.leaving.filter { $0.value <= now }.keys
            for token in due { state.leaving[token] = nil }
            return due.compactMap { state.exchanges[$0] }
        }
        for exchange in left { exchange.abandon() }
    }

    /// Nil at the end.
    private func millisecondsToWait() -> Int32? {
        state.withLock { state in
            guard !state.isOver else { return nil }
            guard state.leaving.isEmpty else { return 50 }
            // Which one is next is not kept up to date; looking a few times in its time is enough.
            return state.deadlines.isEmpty ? -1 : Int32(clamping: max(10, Int(patience / .milliseconds(8))))
        }
    }

    private func closeLate() {
        let now = ContinuousClock.now
        state.withLock { state in
            for (socket, deadline) in state.deadlines where deadline < now {
                // Ours until `forget`, so it is not yet another's; the server's thread sees the end and closes it.
                shutdown(socket, Int32(SHUT_RDWR))
                state.deadlines[socket] = nil
            }
        }
    }
}
