/// What a watched source tells.
public enum SourceChange: Sendable, Hashable {
    /// The watch stands: what changes from now on is told. Read the source after this.
    case watching
    /// Something in it changed.
    case changed
    /// It is gone or cannot be read; says why.
    case unreadable(String)
    /// It can be read again.
    case back
    /// Changes are noticed later than they could be; says why.
    case slower(String)
}

/// How soon a change is told.
public struct WatchPace: Sendable, Hashable {
    /// Time between two looks at what the system does not report by itself.
    public var interval: Duration
    /// How long nothing must happen before a change is told: a save often takes several steps.
    public var quiet: Duration
    /// Told after this long also when it never gets quiet.
    public var longest: Duration

    public init(
        interval: Duration = .seconds(1),
        quiet: Duration = .milliseconds(200),
        longest: Duration = .seconds(2)
    ) {
        self.interval = interval
        self.quiet = quiet
        self.longest = longest
    }
}
