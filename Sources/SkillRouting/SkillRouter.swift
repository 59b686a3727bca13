public import PlanComposition
public import SkillCatalog
public import SkillRetrieval
import TaskDecomposition
package import TextEmbedding

/// Routes a request to the few skills out of many that can do it, and weaves them into a plan.
///
/// ```swift
/// let router = try await SkillRouter(library: .folder("Skills"))
/// let plan = try await router.route("Download the dataset, transform it and create a visual report")
/// ```
public struct SkillRouter: Sendable {
    private let decomposer: any Decomposer
    private let retriever: SkillRetriever
    private let composer: Composer
    private let candidatesPerStep: Int
    package let index: IndexedLibrary

    /// Opens a library, indexing it first where that is needed.
    ///
    /// - Throws: `LibraryError`, `SkillSourceError`, `EmbeddingError` or `StorageError`; each says what to do next.
    public init(library: LibraryReference = .bundled, options: RouterOptions? = nil) async throws {
        let options = options ?? RouterOptions()
        // Compiling the encoder takes longest: it goes on while the library is opened.
        let embedder = try RouterResources.embedder(options)
        async let compiled: Void = RouterResources.warmUp(embedder)
        let index = try await RouterResources.open(library, embedder: embedder, options: options)
        try await compiled
        self.init(index: index, embedder: embedder, options: options)
    }

    package init(index: IndexedLibrary, embedder: any Embedder, options: RouterOptions) {
        self.index = index
        decomposer = options.decomposer
        retriever = SkillRetriever(embedder: embedder, library: index)
        composer = Composer(options: options.composition)
        candidatesPerStep = options.candidatesPerStep
    }

    /// Decomposes a request, retrieves candidates for each sub-task, and composes them into a plan.
    ///
    /// A sub-task that no skill fits stays in the plan without one, with the reason.
    /// - Throws: `DecompositionError` for an empty or overlong request.
    public func route(_ request: String) async throws -> Plan {
        var stopwatch = Stopwatch()
        let decomposition = try await decomposer.decompose(request)
        let decomposed = stopwatch.lap()

        let candidates = try await retrieve(decomposition.subtasks)
        let retrieved = stopwatch.lap()

        var plan = try await compose(request, decomposition, candidates)
        let composed = stopwatch.lap()

        plan.timings = PlanTimings(
            decompose: decomposed,
            retrieve: retrieved,
            compose: composed,
            total: stopwatch.total()
        )
        return plan
    }

    /// The skills, and their tools, that fit a text best.
    public func search(_ text: String, top: Int = 10) async throws -> [Candidate] {
        try await retriever.candidates(for: [text], top: top).first ?? []
    }

    /// The skill of that id in the router's library; nil where there is none.
    public func skill(_ id: String) async throws -> Skill? {
        try await index.library.skill(id)
    }

    private func retrieve(_ subtasks: [Subtask]) async throws -> [[Candidate]] {
        try await retriever.candidates(for: subtasks.map(\.text), top: candidatesPerStep)
    }

    private func compose(
        _ request: String,
        _ decomposition: Decomposition,
        _ candidates: [[Candidate]]
    ) async throws -> Plan {
        let skills = try await index.library.skills(candidates.joined().map(\.skill))
        var plan = composer.compose(
            CompositionInput(
                request: request,
                decomposer: decomposer.name,
                subtasks: decomposition.subtasks,
                candidates: candidates,
                skills: skills
            )
        )
        plan.diagnostics = decomposition.diagnostics + plan.diagnostics
        plan.tokens = decomposition.tokens
        return plan
    }
}
