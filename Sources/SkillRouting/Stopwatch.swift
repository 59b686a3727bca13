/// Measures the stages of one request on a clock that never goes backwards.
struct Stopwatch {
    private let start = ContinuousClock.now
    private var last = ContinuousClock.now

    /// Milliseconds since the last lap, or the start.
    mutating func lap() -> Double {
        let now = ContinuousClock.now
        defer { last = now }
        return Self.milliseconds(now - last)
    }

    /// Milliseconds since the start.
    func total() -> Double { Self.milliseconds(ContinuousClock.now - start) }

    private static func milliseconds(_ duration: Duration) -> Double { duration / .milliseconds(1) }
}
