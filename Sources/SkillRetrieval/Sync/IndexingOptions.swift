package import SkillCatalog

/// How an indexing run goes about its work.
public struct IndexingOptions: Sendable {
    /// Whether a source that cannot be read stops the whole run, before anything changes. Otherwise the other sources are
    /// brought up to date and the library keeps what it had of this one.
    public var stopsAtUnreadableSource = false
    /// Places of the sources to read; nil for all. The skills of the others stay as they are.
    package var onlySources: Set<Int>?
    /// The right to change the library, where the caller holds it already.
    package var lock: LibraryLock?
    /// What others are told who want to change the library at the same time.
    public var holder = "skillweaver index"
    /// How long to wait for another process that changes the library.
    public var patience: Duration = .seconds(5)

    public init() {}
}
