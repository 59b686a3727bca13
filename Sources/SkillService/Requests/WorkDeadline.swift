import Synchronization

/// Cancels work that takes too long.
///
/// One clock for all: a timer for each would still be there, half a minute and thousands of requests later, when its work
/// has long been done.
final class WorkDeadline: Sendable {
    /// The work took too long.
    struct Passed: Error {}

    private struct Work {
        var end: ContinuousClock.Instant
        var cancel: @Sendable () -> Void
    }

    private struct State {
        var works: [UInt64: Work] = [:]
        var lastNumber: UInt64 = 0
        var isWatched = false
    }

    private let limit: Duration
    private let state = Mutex(State())

    /// - Parameter limit: how long work may take; it is cancelled at most an eighth of that later.
    init(_ limit: Duration) { self.limit = limit }

    /// Works that are under way.
    var count: Int { state.withLock { $0.works.count } }

    /// Does something for at most so long.
    ///
    /// - Throws: `Passed`, after the work was cancelled and has ended; or what the work throws.
    func run<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async throws -> Value {
        // Not structured, so that the clock can cancel it; whoever asked for it waits for its end all the same.
        let task = Task { try await work() }
        let number = enter { task.cancel() }
        let result = await withTaskCancellationHandler {
            await task.result
        } onCancel: {
            task.cancel()
        }
        guard leave(number) else { throw Passed() }
        return try result.get()
    }

    private func enter(_ cancel: @escaping @Sendable () -> Void) -> UInt64 {
        let (number, mustWatch) = state.withLock { state in
            state.lastNumber += 1
            state.works[state.lastNumber] = Work(end: .now + limit, cancel: cancel)
            defer { state.isWatched = true }
            return (state.lastNumber, !state.isWatched)
        }
        // Not structured: it watches over works of several callers. It ends when there are none.
        if mustWatch { Task { await watch() } }
        return number
    }

    /// - Returns: false for work that was cancelled for being late.
    private func leave(_ number: UInt64) -> Bool { state.withLock { $0.works.removeValue(forKey: number) != nil } }

    private func watch() async {
        while hasWork() {
            try? await Task.sleep(for: limit / 8)
            cancelLate()
        }
    }

    private func hasWork() -> Bool {
        state.withLock { state in
            state.isWatched = !state.works.isEmpty
            return state.isWatched
        }
    }

    private func cancelLate() {
        let now = ContinuousClock.now
        let late = state.withLock { state in
            let late = state.works.filter { $0.value.end <= now }
            for number in late.keys { state.works[number] = nil }
            return late.values.map(\.cancel)
        }
        for cancel in late { cancel() }
    }
}
