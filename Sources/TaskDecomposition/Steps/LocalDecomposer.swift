public import TextEmbedding

/// Decomposes without a language model and without network.
///
/// The request is cut finely, each piece gets a role by the grammar of the request, and the pieces are gathered into
/// steps around those that ask for something. With an encoder, a small learned model looks at the pieces as well and says
/// how probable it is that each begins a step; that decides how many steps there are. English is read by its grammar; a
/// request in another language is cut at its punctuation only.
public struct LocalDecomposer: Decomposer {
    public let name = "local"

    private let embedder: (any Embedder)?
    private let model: StepHeadModel?
    private let granularity: StepGranularity?

    /// Decomposes by grammar alone, in well under a millisecond.
    public init() {
        embedder = nil
        model = nil
        granularity = nil
    }

    /// Decomposes by grammar and by the learned model.
    public init(embedder: any Embedder) {
        self.init(embedder: embedder, granularity: nil)
    }

    /// - Parameters:
    ///   - model: nil for the grammar alone.
    ///   - granularity: how finely requests are divided; nil for as finely as their texts ask for.
    package init(embedder: any Embedder, model: StepHeadModel? = .builtIn, granularity: StepGranularity? = nil) {
        self.embedder = embedder
        self.model = model
        self.granularity = granularity
    }

    /// Decomposes one request.
    ///
    /// - Throws: `DecompositionError` when the request is empty or over the limit; `CancellationError`. An encoder that fails
    ///   leaves the decision to the grammar, with a remark.
    public func decompose(_ request: String) async throws -> Decomposition {
        try DecompositionError.check(request)
        var segmented = TaggedRequest.read(request)
        var remarks: [String] = []
        var heads: StepHeads?
        do {
            heads = try await learnedHeads(of: segmented)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            remarks.append("the request was read by its grammar alone, since the encoder failed: \(error)")
        }
        if let granularity {
            let heads = heads ?? StepHeads(rulesFor: segmented.segments)
            let count = min(granularity.count(expected: heads.expectedCount), DecompositionLimits.maximumSteps)
            heads.apply(to: &segmented.segments, of: segmented.tokens, count: count)
        } else if let heads {
            heads.apply(to: &segmented.segments, of: segmented.tokens, count: heads.count)
        }
        var decomposition = StepBuilder(segmented).decomposition()
        decomposition.diagnostics += remarks
        return decomposition
    }

    /// Which segments begin a step, as far as it can be told before any granularity.
    package func heads(of request: String) async throws -> StepHeads {
        try DecompositionError.check(request)
        let segmented = TaggedRequest.read(request)
        return try await learnedHeads(of: segmented) ?? StepHeads(rulesFor: segmented.segments)
    }

    /// What the model says; nil where the grammar decides alone.
    private func learnedHeads(of request: SegmentedRequest) async throws -> StepHeads? {
        // The model has learned from English requests only.
        guard let embedder, let model, request.language == .english,
            let vectors = try await SegmentVectors(request, by: embedder)
        else { return nil }
        let rows = SegmentFeatures(request, vectors: vectors).rows
        return StepHeads(request.segments, learned: model.probabilities(rows))
    }
}
