import Synchronization

/// Work that many want done and that is done once: who comes while it runs waits for the same end.
///
/// Who is cancelled stops waiting at once; the work itself is cancelled when nobody waits any more.
final class SharedWork: Sendable {
    private struct State {
        var run = 0
        var last = 0
        var task: Task<Void, Never>?
        var waiting: [Int: CheckedContinuation<Void, any Error>] = [:]
    }

    private let state = Mutex(State())

    /// - Returns: true where this call began the work, false where it joined.
    func run(_ work: @escaping @Sendable () async throws -> Void) async throws -> Bool {
        let number = state.withLock { state in
            state.last += 1
            return state.last
        }
        let began = Mutex(false)
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                let isCancelled = state.withLock { state -> Bool in
                    // The cancellation may have come before the continuation.
                    if Task.isCancelled { return true }
                    state.waiting[number] = continuation
                    guard state.task == nil else { return false }
                    began.withLock { $0 = true }
                    state.task = begin(work, &state)
                    return false
                }
                if isCancelled { continuation.resume(throwing: CancellationError()) }
            }
        } onCancel: {
            leave(number)
        }
        return began.withLock { $0 }
    }

    private func begin(_ work: @escaping @Sendable () async throws -> Void, _ state: inout State) -> Task<Void, Never> {
        state.run += 1
        let run = state.run
        // Lives on while others wait; what it asks of servers and people has limits of its own.
        return Task {
            let result: Result<Void, any Error>
            do { result = .success(try await work()) } catch { result = .failure(error) }
            self.finish(run, result)
        }
    }

    private func leave(_ number: Int) {
        let (continuation, task) = state.withLock { state in
            let continuation = state.waiting.removeValue(forKey: number)
            guard continuation != nil, state.waiting.isEmpty, let task = state.task else {
                return (continuation, Task<Void, Never>?.none)
            }
            state.task = nil
            return (continuation, task)
        }
        task?.cancel()
        continuation?.resume(throwing: CancellationError())
    }

    private func finish(_ run: Int, _ result: Result<Void, any Error>) {
        let waiting = state.withLock { state -> [CheckedContinuation<Void, any Error>] in
            guard state.run == run, state.task != nil else { return [] }
            state.task = nil
            defer { state.waiting = [:] }
            return Array(state.waiting.values)
        }
        for continuation in waiting { continuation.resume(with: result) }
    }
}
