import Synchronization

/// The requests of one connection that wait for their responses.
final class PendingReplies: Sendable {
    private typealias Waiter = CheckedContinuation<Message.Response, any Error>

    private struct State {
        var waiting: [RequestID: Waiter] = [:]
        /// Requests whose task was cancelled before it came to wait.
        var withdrawn: Set<RequestID> = []
        var end: ConnectionError?
    }

    private let state = Mutex(State())

    /// Waits for the response; `send` is called as soon as it can be received.
    ///
    /// - Throws: what `send` throws, how the connection ended, or `CancellationError`.
    func response(to id: RequestID, send: () throws -> Void) async throws -> Message.Response {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (waiter: Waiter) in
                let refusal = state.withLock { state -> (any Error)? in
                    if state.withdrawn.remove(id) != nil || Task.isCancelled { return CancellationError() }
                    if let end = state.end { return end }
                    state.waiting[id] = waiter
                    return nil
                }
                if let refusal { return waiter.resume(throwing: refusal) }
                do { try send() } catch { take(id)?.resume(throwing: error) }
            }
        } onCancel: {
            withdraw(id)
        }
    }

    /// Hands a response over; false where nobody waits for it, or no longer.
    func resolve(_ response: Message.Response) -> Bool {
        guard let id = response.id, let waiter = take(id) else { return false }
        waiter.resume(returning: response)
        return true
    }

    /// Gives up a request.
    func fail(_ id: RequestID, _ error: any Error) { take(id)?.resume(throwing: error) }

    /// Gives up every request, and every later one.
    func end(_ error: ConnectionError) {
        let waiters = state.withLock { state in
            if state.end == nil { state.end = error }
            defer { state.waiting = [:] }
            return Array(state.waiting.values)
        }
        for waiter in waiters { waiter.resume(throwing: error) }
    }

    private func take(_ id: RequestID) -> Waiter? { state.withLock { $0.waiting.removeValue(forKey: id) } }

    private func withdraw(_ id: RequestID) {
        let waiter = state.withLock { state -> Waiter? in
            if let waiter = state.waiting.removeValue(forKey: id) { return waiter }
            // Only a request that does not wait yet is remembered; the set stays as small as what is being sent.
            if state.end == nil { state.withdrawn.insert(id) }
            return nil
        }
        waiter?.resume(throwing: CancellationError())
    }

    /// Forgets a cancellation that came after the response.
    func forget(_ id: RequestID) { state.withLock { _ = $0.withdrawn.remove(id) } }
}
