import Synchronization

/// Tells whoever reads a journal in this process that it has grown, or that it will not grow any more.
final class CommitSignal: Sendable {
    private struct State {
        var sequence = 0
        var isOver = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    var isOver: Bool { state.withLock(\.isOver) }

    func grown(to sequence: Int) { change { $0.sequence = max($0.sequence, sequence) } }

    func end() { change { $0.isOver = true } }

    /// Waits until the journal is longer than that, or at its end; for one reader.
    func wait(beyond sequence: Int) async {
        await withCheckedContinuation { continuation in
            let isReady = state.withLock { state in
                guard state.sequence <= sequence, !state.isOver else { return true }
                state.waiter = continuation
                return false
            }
            if isReady { continuation.resume() }
        }
    }

    private func change(_ body: (inout State) -> Void) {
        let waiter = state.withLock { state in
            body(&state)
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }
}
