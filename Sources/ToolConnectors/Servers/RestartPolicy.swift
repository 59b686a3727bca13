/// When a server that broke is started again: at once the first time, then after longer and longer pauses.
///
/// Many calls that find a server broken start it once, not once each; a server that cannot work is not started in a storm.
package struct RestartPolicy: Sendable, Hashable {
    package static let firstPause = Duration.seconds(1)
    package static let longestPause = Duration.seconds(60)
    /// A server that worked for so long counts as sound again.
    package static let soundAfter = Duration.seconds(60)

    package private(set) var failures = 0
    package private(set) var notBefore: ContinuousClock.Instant?
    private var startedAt: ContinuousClock.Instant?

    package init() {}

    /// How long nobody may start it, at this moment; nil where it may be started.
    package func pause(at now: ContinuousClock.Instant) -> Duration? {
        guard let notBefore, now < notBefore else { return nil }
        return now.duration(to: notBefore)
    }

    package mutating func started(at now: ContinuousClock.Instant) { startedAt = now }

    package mutating func failed(at now: ContinuousClock.Instant) {
        if let startedAt, now - startedAt > Self.soundAfter { failures = 0 }
        failures += 1
        startedAt = nil
        // One break may be an accident; from the second on it is a habit.
        guard failures > 1 else { return }
        let doublings = min(failures - 2, 10)
        notBefore = now + min(Self.firstPause * (1 << doublings), Self.longestPause)
    }
}
