/// Lets so many tasks at a time do something, in the order they came.
package actor ConcurrencyLimit {
    private var free: Int
    private var waiting: [(id: UInt64, continuation: CheckedContinuation<Void, any Error>)] = []
    private var lastID: UInt64 = 0

    /// - Parameter count: how many at a time; at least 1.
    package init(_ count: Int) { free = max(1, count) }

    /// Waits for a place; each that was had is to be given back by `leave`.
    ///
    /// - Throws: `CancellationError` when the task is cancelled while it waits; it has no place then.
    package func enter() async throws {
        try Task.checkCancellation()
        if free > 0 {
            free -= 1
            return
        }
        lastID += 1
        let id = lastID
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                // The handler may have run already.
                if Task.isCancelled {
                    continuation.resume(throwing: CancellationError())
                } else {
                    waiting.append((id, continuation))
                }
            }
        } onCancel: {
            // Bounded: it only takes one waiter off the list.
            Task { await self.withdraw(id) }
        }
    }

    /// Gives a place back, to whoever waits longest.
    package func leave() {
        guard !waiting.isEmpty else {
            free += 1
            return
        }
        waiting.removeFirst().continuation.resume()
    }

    private func withdraw(_ id: UInt64) {
        guard let index = waiting.firstIndex(where: { $0.id == id }) else { return }
        waiting.remove(at: index).continuation.resume(throwing: CancellationError())
    }
}
