/// How many skills an update touched.
public struct UpdateCounts: Sendable, Hashable {
    public var added = 0
    public var changed = 0
    public var removed = 0
    public var unchanged = 0

    public init() {}

    /// Whether the update differs from what was there.
    public var isEmpty: Bool { added + changed + removed == 0 }
}
