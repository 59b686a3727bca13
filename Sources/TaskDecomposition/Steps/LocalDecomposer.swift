/// Decomposes by the grammar of the request alone: no model, no network, well under a millisecond.
///
/// The request is cut finely, each piece gets a role, and the pieces are gathered into steps around those that ask for
/// something. English is read by its grammar; a request in another language is cut at its punctuation only.
public struct LocalDecomposer: Decomposer {
    public let name = "local"

    public init() {}

    /// Decomposes one request.
    ///
    /// - Throws: `DecompositionError` when the request is empty or over the limit.
    public func decompose(_ request: String) async throws -> Decomposition {
        try DecompositionError.check(request)
        var split = FineSplit.split(request)
        RoleTagger.tag(&split)
        return StepBuilder(split).decomposition()
    }
}
