public import SkillCatalog

/// What an indexing run did.
public struct IndexingReport: Sendable, Hashable {
    public var counts = UpdateCounts()
    /// Texts that went through the embedder or its cache; the others were unchanged.
    public var embeddedTexts = 0
    /// Sources that could not be read, in their order.
    public internal(set) var failures: [SourceFailure] = []
    /// The first problems met, at most `maximumDiagnostics`.
    public private(set) var diagnostics: [Diagnostic] = []
    /// All problems met, the ones not kept included.
    public private(set) var diagnosticCount = 0
    /// Records that were skipped.
    public private(set) var errorCount = 0

    public static let maximumDiagnostics = 1_000

    public init() {}

    mutating func note(_ diagnostic: Diagnostic) {
        diagnosticCount += 1
        if diagnostic.severity == .error { errorCount += 1 }
        if diagnostics.count < Self.maximumDiagnostics { diagnostics.append(diagnostic) }
    }
}

/// How far an indexing run has come.
public struct IndexingProgress: Sendable, Hashable {
    /// Skills read and, where needed, embedded.
    public var skills: Int
    /// Name of the source being read.
    public var source: String
}
