import Dispatch
import Glibc
import Synchronization

/// Watches for SIGINT and SIGTERM, on a queue of its own.
///
/// A signal that the parent process made the program ignore stays ignored, as shells ask of jobs in the background.
final class Interrupts: Sendable {
    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "command-line.interrupts")
    private let endNow: @Sendable () -> Void
    private let cancellation = AsyncStream<Void>.makeStream()

    private struct State {
        var policy = InterruptPolicy()
        /// Kept, because a source that nobody holds watches no more.
        var sources: [any DispatchSourceSignal] = []
    }

    /// Begins to watch, and returns when no signal can be missed any more.
    ///
    /// `endNow` is called on the queue, when the user will not wait.
    static func watch(endNow: @escaping @Sendable () -> Void) async -> Interrupts {
        let interrupts = Interrupts(endNow: endNow)
        for signal in [SIGINT, SIGTERM] where !isIgnored(signal) {
            await withCheckedContinuation { registered in interrupts.addSource(for: signal, registered: registered) }
        }
        return interrupts
    }

    private init(endNow: @escaping @Sendable () -> Void) { self.endNow = endNow }

    /// Waits until the work should be cancelled, or the waiting task is.
    func waitForCancellation() async {
        for await _ in cancellation.stream { return }
    }

    private func addSource(for signal: Int32, registered: CheckedContinuation<Void, Never>) {
        state.withLock { state in
            let source = DispatchSource.makeSignalSource(signal: signal, queue: queue)
            source.setEventHandler { self.receive(signal) }
            source.setRegistrationHandler { registered.resume() }
            source.activate()
            state.sources.append(source)
        }
    }

    private func receive(_ signal: Int32) {
        switch state.withLock({ $0.policy.receive(signal) }) {
        case .cancel: cancellation.continuation.yield()
        case .endNow: endNow()
        case nil: break
        }
    }
}

/// Whether a signal is set to be ignored.
func isIgnored(_ signal: Int32) -> Bool {
    var current = sigaction()
    guard sigaction(signal, nil, &current) == 0 else { return false }
    return unsafeBitCast(current.__sigaction_handler.sa_handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
}
