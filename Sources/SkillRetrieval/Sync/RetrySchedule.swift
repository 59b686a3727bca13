/// When to try again what failed: after a pause that doubles up to a limit.
///
/// Time is counted from any fixed moment and comes in as a value.
struct RetrySchedule: Sendable {
    let first: Duration
    let longest: Duration
    /// Failures in a row.
    private(set) var failures = 0
    /// When the next attempt is due; nil while nothing failed.
    private(set) var due: Duration?

    init(first: Duration, longest: Duration) {
        self.first = first
        self.longest = longest
    }

    mutating func failed(at now: Duration) {
        due = now + min(first * (1 << min(failures, 20)), longest)
        failures += 1
    }

    mutating func succeeded() {
        failures = 0
        due = nil
    }

    /// Whether an attempt is due now.
    func isDue(at now: Duration) -> Bool { due.map { now >= $0 } ?? false }
}
