/// Splits a request into atomic sub-tasks, each of which one skill can do.
///
/// Contract, held by one test suite: sub-tasks come in the order of the request with ids `s1`, `s2`, …; spans lie inside
/// the request and do not overlap; a request with any content yields at least one sub-task; the same request gives the
/// same answer twice unless a model is asked.
public protocol Decomposer: Sendable {
    /// Short name, as the command line and results print it: `local`, `sad`, ….
    var name: String { get }

    /// Decomposes one request of at most `DecompositionLimits.maximumRequestBytes`.
    func decompose(_ request: String) async throws -> Decomposition
}

/// Bounds on what is decomposed.
public enum DecompositionLimits {
    /// Longest request that is read, in bytes of UTF-8.
    public static let maximumRequestBytes = 1_000_000
    /// Most steps one request may have; what is beyond is left out and said.
    public static let maximumSteps = 64

    /// What is said about steps beyond the limit; nothing when there are none.
    static func diagnostics(steps count: Int, _ limit: Int = maximumSteps) -> [String] {
        guard count > limit else { return [] }
        return ["the request has \(count) steps, more than the limit of \(limit): the steps after that are left out"]
    }
}
