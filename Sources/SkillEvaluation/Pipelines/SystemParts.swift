import PlanComposition
import SkillRetrieval
import TaskDecomposition

extension BenchmarkSystem {
    /// Systems that need nothing but this program.
    package static let offline: [BenchmarkSystem] = [.local, .clauses, .whole, .majority, .tfidf, .oracle]

    /// What splits requests; nil where steps come from elsewhere.
    var recipe: DecomposerRecipe? {
        switch self {
        case .local, .tfidf: .local
        case .clauses: .plainSplit
        case .whole: .wholeRequest
        case .majority, .dense, .lexical, .hybrid, .late, .cross, .oracle, .oracleCount, .vanilla, .sad, .revised,
            .react,
            .llmDirect:
            nil
        }
    }
}

extension BenchmarkSystem {
    /// The product's composition; the least score it asks for is a cosine and says nothing about word weights.
    var composition: CompositionOptions {
        self == .tfidf ? CompositionOptions(minimumScore: 0) : CompositionOptions()
    }
}

extension BatchRouter {
    /// The parts of a system that routes.
    ///
    /// - Parameters:
    ///   - outcomes: What came of the dialogues of a system with a language model.
    ///   - live: Holds those dialogues, where they were not held yet.
    init(
        _ system: BenchmarkSystem,
        library: BenchmarkLibrary,
        embedder: RememberingEmbedder,
        outcomes: [String: DialogueOutcome] = [:],
        live: LiveDialogues? = nil,
        isComposed: Bool = true,
        selection: CompositionOptions.Selection = .joint
    ) async throws {
        let retriever = SkillRetriever(embedder: embedder, library: library.index)
        if let recipe = system.recipe {
            let parts = DecomposerParts(embedder: embedder, retriever: retriever, library: library.index)
            steps = .decomposer(try await recipe.decomposer(with: parts))
        } else {
            steps = system == .oracle ? .gold : live.map { .live($0) } ?? .dialogues(outcomes)
        }
        candidates = system == .tfidf ? .lexical(library.lexicalIndex()) : .dense(retriever)
        if case .dense = candidates {
            refiner = LibraryRefiner(
                retriever: retriever,
                library: library.index,
                options: RefinementOptions(minimumScore: system.composition.minimumScore),
                candidatesPerStep: Self.candidatesPerStep
            )
        }
        var composition = system.composition
        composition.selection = selection
        composer = isComposed ? Composer(options: composition) : nil
        self.library = library
        prefersPicks = system == .revised
    }
}
