import Synchronization

/// Tells whoever follows a run in this process that its journal has grown.
package final class JournalGrowth: Sendable {
    /// What a follower is told.
    package enum News: Sendable, Hashable {
        /// There may be entries to read.
        case grown
        /// Nobody drives the run any more, for now.
        case settled
        /// Nothing came for as long as the follower would wait.
        case quiet
        /// The process stops.
        case over
    }

    private struct Waiter {
        /// The last sequence it knows.
        var sequence: Int
        var continuation: CheckedContinuation<News, Never>

        func resume(returning news: News) { continuation.resume(returning: news) }
    }

    private struct Run {
        var sequence = 0
        var waiters: [UInt64: Waiter] = [:]
    }

    private struct State {
        var runs: [String: Run] = [:]
        var lastWaiter: UInt64 = 0
        var isOver = false
    }

    private let state = Mutex(State())

    init() {}

    func grown(_ run: String, to sequence: Int) {
        let waiters = state.withLock { state -> [Waiter] in
            // Nobody follows it: whoever begins to, reads the journal first.
            guard var known = state.runs[run] else { return [] }
            known.sequence = max(known.sequence, sequence)
            defer { state.runs[run] = known }
            defer { known.waiters = [:] }
            return Array(known.waiters.values)
        }
        for waiter in waiters { waiter.resume(returning: .grown) }
    }

    /// Runs somebody waits for, with the last sequence all who wait know.
    var awaited: [String: Int] {
        state.withLock { state in state.runs.compactMapValues { run in run.waiters.values.map(\.sequence).min() } }
    }

    func settled(_ run: String) {
        let waiters = state.withLock { $0.runs.removeValue(forKey: run)?.waiters ?? [:] }
        for waiter in waiters.values { waiter.resume(returning: .settled) }
    }

    func end() {
        let runs = state.withLock { state in
            state.isOver = true
            defer { state.runs = [:] }
            return state.runs
        }
        for waiter in runs.values.flatMap(\.waiters.values) { waiter.resume(returning: .over) }
    }

    /// Waits until the journal of a run is longer than that, at most so long.
    package func wait(for run: String, beyond sequence: Int, within patience: Duration) async -> News {
        let number = state.withLock { state in
            state.lastWaiter += 1
            return state.lastWaiter
        }
        let clock = Task {
            try? await Task.sleep(for: patience)
            release(run, number)
        }
        defer { clock.cancel() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let ready: News? = state.withLock { state in
                    if state.isOver { return .over }
                    if Task.isCancelled { return .quiet }
                    var known = state.runs[run] ?? Run()
                    defer { state.runs[run] = known }
                    guard known.sequence <= sequence else { return .grown }
                    known.waiters[number] = Waiter(sequence: sequence, continuation: continuation)
                    return nil
                }
                if let ready { continuation.resume(returning: ready) }
            }
        } onCancel: {
            clock.cancel()
        }
    }

    private func release(_ run: String, _ number: UInt64) {
        let waiter = state.withLock { state -> Waiter? in
            guard let waiter = state.runs[run]?.waiters.removeValue(forKey: number) else { return nil }
            if state.runs[run]?.waiters.isEmpty == true { state.runs[run] = nil }
            return waiter
        }
        waiter?.resume(returning: .quiet)
    }
}
