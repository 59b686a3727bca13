/// Makes one change of many that follow each other closely.
///
/// Idle until something happens, then waiting; due when it has been quiet for a while, or has not been quiet for too
/// long. Time is counted from any fixed moment and comes in as a value.
struct ChangeDebounce: Sendable {
    let pace: WatchPace
    private var first: Duration?
    private var last: Duration = .zero

    init(_ pace: WatchPace) { self.pace = pace }

    /// When it is due, if nothing more happens; nil while idle.
    var deadline: Duration? { first.map { min(last + pace.quiet, $0 + pace.longest) } }

    /// Something happened.
    mutating func note(at now: Duration) {
        first = first ?? now
        last = now
    }

    /// Whether the change is to be told now; idle again if so.
    mutating func takeIfDue(at now: Duration) -> Bool {
        guard let deadline, now >= deadline else { return false }
        first = nil
        return true
    }

    /// Forgets what happened.
    mutating func reset() { first = nil }
}
