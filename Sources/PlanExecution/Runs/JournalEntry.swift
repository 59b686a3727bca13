/// A transition with its place in the journal.
public struct JournalEntry: Sendable, Hashable {
    /// From 1, without gaps.
    public var sequence: Int
    public var at: RunTime
    public var transition: RunTransition

    public init(sequence: Int, at: RunTime, transition: RunTransition) {
        self.sequence = sequence
        self.at = at
        self.transition = transition
    }
}
