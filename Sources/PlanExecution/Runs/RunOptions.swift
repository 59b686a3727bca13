/// How a run is driven; stored with it, so that resuming needs nothing else.
public struct RunOptions: Sendable, Hashable {
    /// How much goes on at a time, and for how long.
    public var limits = RunLimits()
    /// How failed attempts are followed up.
    public var recovery = RecoveryOptions()
    /// Who decides about calls that may destroy something.
    public var approval = ApprovalMode.ask
    /// What becomes of finished steps when the run fails.
    public var onFailure = FailurePolicy.keep
    /// Makes the waits between attempts come out the same again; nil for different ones each time.
    public var seed: UInt64?

    public init() {}
}

/// What a run may use at a time, and how long things may take.
public struct RunLimits: Sendable, Hashable {
    /// Calls at a time; at least 1.
    public var concurrency = 8
    /// Calls of one tool at a time; at least 1.
    public var concurrencyPerTool = 8
    /// Longest duration of one attempt.
    public var attemptDeadline = Duration.seconds(60)
    /// Longest duration of a step, from its first attempt over all retries; nil for none.
    public var stepDeadline: Duration?
    /// Longest duration of a run since somebody last began to drive it; nil for none.
    public var runDeadline: Duration?

    public init() {}
}

/// How failed attempts are followed up.
public struct RecoveryOptions: Sendable, Hashable {
    /// Whether anything is tried after a first attempt failed.
    public var isEnabled = true
    /// Most attempts with one tool and the same arguments, the first included; at least 1.
    public var attempts = 4
    /// Bound of the wait before the second attempt; it doubles with each attempt.
    public var baseDelay = Duration.milliseconds(500)
    /// Most the bound grows to.
    public var maximumDelay = Duration.seconds(20)
    /// Longest wait a tool can ask for.
    public var maximumRetryAfter = Duration.seconds(60)
    /// Failures in a row after which a tool, or a server, is left alone for a while.
    public var breakerThreshold = 5
    /// How long it is left alone.
    public var breakerOpenDuration = Duration.seconds(30)
    /// Most other tools that are tried for one task.
    public var fallbacks = 3
    /// Most times a part of the plan is composed anew in one run.
    public var replannings = 2

    public init() {}
}

/// Who decides about calls that may destroy something.
public enum ApprovalMode: String, Sendable, Hashable, CaseIterable {
    /// A person, each time.
    case ask
    /// Nobody: they are made, unless a rule says otherwise.
    case auto
    /// Nobody: they are not made, unless a rule says otherwise.
    case deny
}

/// What becomes of finished steps when a run fails.
public enum FailurePolicy: String, Sendable, Hashable, CaseIterable {
    /// Their effects and results stay.
    case keep
    /// Their effects are taken back, last first, where their tools say how.
    case compensate
}
