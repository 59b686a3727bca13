/// Decides whether a server that keeps failing is asked at all.
///
/// Closed: every call passes; `failureThreshold` failures in a row open it. Open: no call passes until `openDuration` is
/// over. Half-open: one call passes as a probe; its success closes the breaker, its failure opens it again. Time comes
/// in as a value.
package struct CircuitBreaker: Sendable, Hashable {
    package enum Phase: Sendable, Hashable {
        /// With so many failures in a row.
        case closed(failures: Int)
        case open(until: ContinuousClock.Instant)
        /// A probe is on its way.
        case halfOpen
    }

    package enum Admission: Sendable, Hashable {
        case admitted
        /// Not before this time has passed; nothing while a probe is on its way.
        case refused(retryAfter: Duration?)
    }

    /// Failures in a row that open it; at least 1.
    package let failureThreshold: Int
    /// How long it stays open.
    package let openDuration: Duration
    package private(set) var phase = Phase.closed(failures: 0)

    package init(failureThreshold: Int = 5, openDuration: Duration = .seconds(30)) {
        self.failureThreshold = max(1, failureThreshold)
        self.openDuration = openDuration
    }

    /// Asks to make a call; one that is admitted must be reported by one of the three methods below.
    package mutating func admit(at now: ContinuousClock.Instant) -> Admission {
        switch phase {
        case .closed: return .admitted
        case .open(let until) where now < until: return .refused(retryAfter: now.duration(to: until))
        case .open:
            phase = .halfOpen
            return .admitted
        case .halfOpen: return .refused(retryAfter: nil)
        }
    }

    /// A call was answered.
    package mutating func recordSuccess() {
        switch phase {
        // A call that began before the breaker opened says nothing about now.
        case .open: break
        case .closed, .halfOpen: phase = .closed(failures: 0)
        }
    }

    /// A call failed by a fault of the server or of the way to it.
    package mutating func recordFailure(at now: ContinuousClock.Instant) {
        switch phase {
        case .closed(let failures) where failures + 1 < failureThreshold: phase = .closed(failures: failures + 1)
        case .closed, .halfOpen: phase = .open(until: now + openDuration)
        case .open: break
        }
    }

    /// A call was given up before it showed anything, as when its task was cancelled.
    package mutating func recordAbandonment(at now: ContinuousClock.Instant) {
        // Without its probe a half-open breaker would never close: the next call may probe at once.
        if phase == .halfOpen { phase = .open(until: now) }
    }
}
