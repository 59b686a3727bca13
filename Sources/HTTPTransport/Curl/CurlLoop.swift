import CCurl
import Dispatch
import Glibc
import Synchronization

/// Hands orders to the one thread that runs all transfers of a client.
final class CurlLoop: Sendable {
    typealias TransferID = UInt64

    enum Order: Sendable {
        case start(TransferID, HTTPRequest, Exchange)
        /// The reader has room again.
        case resume(TransferID)
        case cancel(TransferID)
    }

    private struct Mailbox {
        var orders: [Order] = []
        var lastID: TransferID = 0
        var isRunning = false
        var isStopped = false
        /// Address of the handle the thread sleeps on; nil while there is none. Only ever used under the lock, within
        /// which the thread does not free it.
        var sleeper: UInt?
    }

    private let options: HTTPClientOptions
    private let mailbox = Mutex(Mailbox())

    init(options: HTTPClientOptions) { self.options = options }

    func start(_ request: HTTPRequest) -> (id: TransferID, exchange: Exchange) {
        let exchange = Exchange(bufferedBodyBytes: request.limits.bufferedBodyBytes)
        let (id, needsThread) = mailbox.withLock { mailbox in
            mailbox.lastID += 1
            mailbox.orders.append(.start(mailbox.lastID, request, exchange))
            let needsThread = !mailbox.isRunning
            mailbox.isRunning = true
            return (mailbox.lastID, needsThread)
        }
        if needsThread {
            // A serial queue of its own has a thread of its own for as long as its one piece of work runs.
            DispatchQueue(label: "skillweaver.http").async { self.run() }
        } else {
            wake()
        }
        return (id, exchange)
    }

    func resume(_ id: TransferID) { post(.resume(id)) }
    func cancel(_ id: TransferID) { post(.cancel(id)) }

    /// The thread ends as soon as its last transfer has.
    func stop() {
        mailbox.withLock { $0.isStopped = true }
        wake()
    }

    private func post(_ order: Order) {
        let isHeard = mailbox.withLock { mailbox in
            if mailbox.isRunning { mailbox.orders.append(order) }
            return mailbox.isRunning
        }
        if isHeard { wake() }
    }

    private func wake() {
        mailbox.withLock { mailbox in
            guard let sleeper = mailbox.sleeper.flatMap({ UnsafeMutableRawPointer(bitPattern: $0) }) else { return }
            curl_multi_wakeup(sleeper)
        }
    }

    // MARK: - The thread

    private func run() {
        // libcurl is told not to touch signals, so a connection that breaks while writing would end the process.
        var blocked = sigset_t()
        sigemptyset(&blocked)
        sigaddset(&blocked, SIGPIPE)
        var former = sigset_t()
        pthread_sigmask(SIG_BLOCK, &blocked, &former)
        defer { pthread_sigmask(SIG_SETMASK, &former, nil) }

        guard let driver = CurlDriver(options: options) else { return refuseAll() }
        mailbox.withLock { $0.sleeper = UInt(bitPattern: driver.multi) }
        while let orders = nextOrders(isIdle: driver.isIdle) {
            for order in orders { driver.carryOut(order) }
            driver.advance()
            driver.sleep()
        }
    }

    /// What was ordered since the last time; nil when the thread is to end.
    private func nextOrders(isIdle: Bool) -> [Order]? {
        mailbox.withLock { mailbox in
            if mailbox.isStopped && isIdle && mailbox.orders.isEmpty {
                mailbox.sleeper = nil
                mailbox.isRunning = false
                return nil
            }
            let orders = mailbox.orders
            mailbox.orders = []
            return orders
        }
    }

    private func refuseAll() {
        let orders = mailbox.withLock { mailbox in
            mailbox.isRunning = false
            let orders = mailbox.orders
            mailbox.orders = []
            return orders
        }
        for case .start(_, _, let exchange) in orders {
            exchange.end(.failure(HTTPError(.internalFault, detail: "libcurl cannot be started")))
        }
    }
}
