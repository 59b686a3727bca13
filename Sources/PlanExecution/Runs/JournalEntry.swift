/// A transition with its place in the journal.
public struct JournalEntry: Sendable, Hashable {
    /// From 1, without gaps.
    public var sequence: Int
    /// When it was written down.
    public var at: RunTime
    /// What happened.
    public var transition: RunTransition

    public init(sequence: Int, at: RunTime, transition: RunTransition) {
        self.sequence = sequence
        self.at = at
        self.transition = transition
    }
}
