import Synchronization

/// The requests of one connection that are being answered, so that they can be cancelled.
final class InFlightRequests: Sendable {
    private struct State {
        var tasks: [RequestID: Task<Void, Never>?] = [:]
        var cancelled: Set<RequestID> = []
    }

    private let state = Mutex(State())

    /// Takes a request in; false where one with its identifier is being answered.
    func begin(_ id: RequestID) -> Bool {
        state.withLock { state in
            guard state.tasks[id] == nil else { return false }
            state.tasks.updateValue(nil, forKey: id)
            return true
        }
    }

    /// Names the task that answers a request that was begun.
    func answered(_ id: RequestID, by task: Task<Void, Never>) {
        let isCancelled = state.withLock { state in
            // The task may have ended before it got its name.
            if state.tasks[id] != nil { state.tasks.updateValue(task, forKey: id) }
            return state.cancelled.contains(id)
        }
        if isCancelled { task.cancel() }
    }

    /// The request is answered; false where it was cancelled, and no answer is wanted.
    func end(_ id: RequestID) -> Bool {
        state.withLock { state in
            state.tasks.removeValue(forKey: id)
            return state.cancelled.remove(id) == nil
        }
    }

    func cancel(_ id: RequestID) {
        let task = state.withLock { state -> Task<Void, Never>? in
            guard let entry = state.tasks[id] else { return nil }
            state.cancelled.insert(id)
            return entry
        }
        task?.cancel()
    }

    func isCancelled(_ id: RequestID) -> Bool { state.withLock { $0.cancelled.contains(id) } }

    func cancelAll() {
        let tasks = state.withLock { state in
            state.cancelled.formUnion(state.tasks.keys)
            return state.tasks.values.compactMap(\.self)
        }
        for task in tasks { task.cancel() }
    }

    var isEmpty: Bool { state.withLock { $0.tasks.isEmpty } }
}
