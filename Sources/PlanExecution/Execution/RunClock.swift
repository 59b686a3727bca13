/// The time a run lives in: a seam, so that waiting can be tested without waiting.
package protocol RunClock: Sendable {
    /// The time the journal keeps.
    var now: RunTime { get }
    /// The time that never goes back.
    var monotonic: ContinuousClock.Instant { get }
    /// - Throws: `CancellationError` when the task is cancelled.
    func sleep(until time: RunTime) async throws
}

/// The clock on the wall.
package struct SystemRunClock: RunClock {
    package init() {}

    package var now: RunTime {
        RunTime(milliseconds: Duration.sinceEpoch.wholeMilliseconds)
    }

    package var monotonic: ContinuousClock.Instant { .now }

    package func sleep(until time: RunTime) async throws {
        try await Task.sleep(for: max(.zero, now.duration(to: time)))
    }
}
