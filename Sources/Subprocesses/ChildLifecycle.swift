/// Decides when a child is asked to end, when it is forced to, and how its end is explained.
///
/// Running → terminating (asked, SIGTERM) → killed (forced, SIGKILL) → ended; each phase may go straight to ended.
struct ChildLifecycle {
    enum Event {
        case deadlinePassed
        case cancelled
        case outputLimitExceeded
        /// The time between asking and forcing is over.
        case graceElapsed
        /// The leader of the group has ended and is not yet reaped, so the group's number is still its own.
        case leaderEnded
    }

    enum Action: Hashable {
        case askGroupToEnd
        case killGroup
        case startGrace
        case reap
    }

    enum Phase: Hashable {
        case running, terminating, killed, ended
    }

    /// Why the child was stopped; nil when it ended by itself.
    enum StopReason: Hashable {
        case deadline, cancellation, outputLimit
    }

    private(set) var phase = Phase.running
    private(set) var stopReason: StopReason?

    /// Takes in what happened and says what to do, in order.
    mutating func handle(_ event: Event) -> [Action] {
        switch (event, phase) {
        case (_, .ended): return []
        case (.leaderEnded, _):
            phase = .ended
            return [.killGroup, .reap]
        case (.graceElapsed, .terminating):
            phase = .killed
            return [.killGroup]
        case (.graceElapsed, _): return []
        case (.deadlinePassed, .running): return stop(because: .deadline)
        case (.cancelled, .running): return stop(because: .cancellation)
        case (.outputLimitExceeded, .running): return stop(because: .outputLimit)
        case (.deadlinePassed, _), (.cancelled, _), (.outputLimitExceeded, _): return []
        }
    }

    private mutating func stop(because reason: StopReason) -> [Action] {
        phase = .terminating
        stopReason = reason
        return [.askGroupToEnd, .startGrace]
    }
}
