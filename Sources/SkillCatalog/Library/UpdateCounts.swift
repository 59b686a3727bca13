/// How many skills an update touched.
public struct UpdateCounts: Sendable, Hashable {
    /// Entries that are new.
    public var added = 0
    /// Entries that were read anew.
    public var changed = 0
    /// Entries that are gone.
    public var removed = 0
    /// Entries that stay as they were.
    public var unchanged = 0

    public init() {}

    /// Whether the update differs from what was there.
    public var isEmpty: Bool { added + changed + removed == 0 }
}
