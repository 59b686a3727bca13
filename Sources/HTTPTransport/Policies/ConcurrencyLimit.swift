import Synchronization

/// Lets so many tasks at a time do something, in the order they came.
package final class ConcurrencyLimit: Sendable {
    private typealias Waiter = CheckedContinuation<Void, any Error>

    private struct State {
        var free: Int
        var lastID: UInt64 = 0
        var waiting: [(id: UInt64, continuation: Waiter)] = []
        /// Tasks that were cancelled before they came to wait.
        var withdrawn: Set<UInt64> = []
    }

    private let state: Mutex<State>

    /// - Parameter count: how many at a time; at least 1.
    package init(_ count: Int) { state = Mutex(State(free: max(1, count))) }

    /// Waits for a place; each that was had is to be given back by `leave`.
    ///
    /// - Throws: `CancellationError` when the task is cancelled while it waits; it has no place then.
    package func enter() async throws {
        try Task.checkCancellation()
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: Waiter) in
                let outcome: Result<Void, any Error>? = state.withLock { state in
                    if state.withdrawn.remove(id) != nil { return .failure(CancellationError()) }
                    if state.free > 0 {
                        state.free -= 1
                        return .success(())
                    }
                    state.waiting.append((id, continuation))
                    return nil
                }
                if let outcome { continuation.resume(with: outcome) }
            }
        } onCancel: {
            withdraw(id)
        }
        // Cancelled after it had its place: it keeps it, and whoever entered leaves.
        state.withLock { _ = $0.withdrawn.remove(id) }
    }

    /// Gives a place back, to whoever waits longest.
    package func leave() {
        let next = state.withLock { state -> Waiter? in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst().continuation }
            state.free += 1
            return nil
        }
        next?.resume()
    }

    private func withdraw(_ id: UInt64) {
        let waiter = state.withLock { state -> Waiter? in
            guard let index = state.waiting.firstIndex(where: { $0.id == id }) else {
                state.withdrawn.insert(id)
                return nil
            }
            return state.waiting.remove(at: index).continuation
        }
        waiter?.resume(throwing: CancellationError())
    }
}
