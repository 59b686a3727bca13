import Synchronization

/// Work that is done once for everybody who asks for it meanwhile.
///
/// Whoever is cancelled leaves at once; the work itself is cancelled when the last has left.
final class SharedWork<Value: Sendable>: Sendable {
    private typealias Waiter = CheckedContinuation<Value, any Error>

    private struct State {
        var task: Task<Void, Never>?
        var outcome: Result<Value, any Error>?
        var waiters: [Int: Waiter] = [:]
        var present = 0
        var lastTicket = 0
        var isAbandoned = false
    }

    private let state = Mutex(State())

    init(_ work: @escaping @Sendable () async throws -> Value) {
        let task = Task { [weak self] in
            let outcome: Result<Value, any Error>
            do { outcome = .success(try await work()) } catch { outcome = .failure(error) }
            self?.finish(outcome)
        }
        state.withLock { $0.task = task }
    }

    /// It is done, or given up: who asks now needs another.
    var isOver: Bool { state.withLock { $0.outcome != nil || $0.isAbandoned } }

    /// - Returns: nil where it was given up before.
    /// - Throws: what the work throws, or `CancellationError` as soon as the caller is cancelled.
    func value() async throws -> Value? {
        let ticket = state.withLock { state -> Int? in
            guard !state.isAbandoned else { return nil }
            state.lastTicket += 1
            state.present += 1
            return state.lastTicket
        }
        guard let ticket else { return nil }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (waiter: Waiter) in
                let outcome = state.withLock { state -> Result<Value, any Error>? in
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if let outcome = state.outcome { return outcome }
                    state.waiters[ticket] = waiter
                    return nil
                }
                if let outcome { waiter.resume(with: outcome) }
            }
        } onCancel: {
            leave(ticket)
        }
    }

    private func leave(_ ticket: Int) {
        let (waiter, task) = state.withLock { state -> (Waiter?, Task<Void, Never>?) in
            state.present -= 1
            let waiter = state.waiters.removeValue(forKey: ticket)
            guard state.present == 0, state.outcome == nil else { return (waiter, nil) }
            state.isAbandoned = true
            return (waiter, state.task)
        }
        task?.cancel()
        waiter?.resume(throwing: CancellationError())
    }

    private func finish(_ outcome: Result<Value, any Error>) {
        let waiters = state.withLock { state in
            state.outcome = outcome
            defer { state.waiters = [:] }
            return Array(state.waiters.values)
        }
        for waiter in waiters { waiter.resume(with: outcome) }
    }

    /// Gives the work up for everybody.
    func cancel() { state.withLock { $0.task }?.cancel() }
}
