import LanguageModels
import Observability
public import PlanComposition
public import SkillCatalog
public import SkillRetrieval
import Synchronization
public import TaskDecomposition
package import TextEmbedding

/// Routes a request to the few skills out of many that can do it, and weaves them into a plan.
///
/// ```swift
/// let router = try await SkillRouter(library: .folder("Skills"))
/// let plan = try await router.route("Download the dataset, transform it and create a visual report")
/// ```
public struct SkillRouter: Sendable {
    let composer: Composer
    let candidatesPerStep: Int
    let workspace: String?
    private let rerankingModel: (any ChatModel)?
    private let bindingModel: (any ChatModel)?
    /// What works less well than it could with the options given; empty where nothing does.
    public let remarks: [String]
    /// What the router was opened with.
    private let opened: RouterGeneration
    /// The library it follows; nil for one that stays as it was opened.
    private let live: LiveLibrary<RouterGeneration>?
    /// Where runs are kept, and what calls their tools.
    package let runs: RunResources

    /// Opens a library, indexing it first where that is needed.
    ///
    /// - Throws: `LibraryError`, `SkillSourceError`, `EmbeddingError` or `StorageError`; each says what to do next.
    public init(library: LibraryReference = .bundled, options: RouterOptions? = nil) async throws {
        let options = try (options ?? RouterOptions()).withPreferences(of: library)
        // Compiling the encoder takes longest: it goes on while the library is opened.
        let embedder = try await RouterResources.embedder(options)
        let crossEncoder = try RouterResources.crossEncoder(options)
        async let compiled: Void = RouterResources.warmUp(embedder)
        let library = try await RouterResources.opened(library, embedder: embedder, options: options)
        try await compiled
        let opened = try await RouterGeneration(
            index: library.index,
            embedder: embedder,
            crossEncoder: crossEncoder,
            options: options
        )
        let live = await library.live(opened, for: embedder.model, library: \.index) { newest in
            try await RouterGeneration(
                index: newest,
                embedder: embedder,
                crossEncoder: crossEncoder,
                options: options
            )
        }
        self.init(opened: opened, live: live, embedder: embedder, options: options)
    }

    package init(index: any SearchableLibrary, embedder: any Embedder, options: RouterOptions) async throws {
        let opened = try await RouterGeneration(
            index: index,
            embedder: embedder,
            crossEncoder: try RouterResources.crossEncoder(options),
            options: options
        )
        self.init(opened: opened, live: nil, embedder: embedder, options: options)
    }

    private init(
        opened: RouterGeneration,
        live: LiveLibrary<RouterGeneration>?,
        embedder: any Embedder,
        options: RouterOptions
    ) {
        self.opened = opened
        self.live = live
        composer = Composer(options: options.composition)
        candidatesPerStep = options.candidatesPerStep
        workspace = options.workspace
        rerankingModel = options.rerankingModel
        bindingModel = options.bindingModel
        remarks = options.stages.remarks(with: embedder)
        runs = RunResources(
            home: options.home,
            invokers: options.invokers,
            secrets: options.secrets,
            store: options.runStore,
            repairModel: options.repairModel
        )
    }

    /// The newest generation of the library that is ready; a request uses one from its beginning to its end.
    private var generation: RouterGeneration {
        get async { await live?.current() ?? opened }
    }

    /// Does something with one generation of the library, and once more with the newest where that one is no longer kept.
    func withGeneration<Value>(_ body: (RouterGeneration) async throws -> Value) async throws -> Value {
        do {
            return try await body(await generation)
        } catch let error as LibraryError where error.kind == .outdated {
            // A router that was idle for long, over a shared library: its generation was swept away.
            guard let live else { throw error }
            return try await body(await live.reopened())
        }
    }

    /// The library as it is now.
    package var index: any SearchableLibrary {
        get async { await generation.index }
    }

    /// Looks for updates of the library now and then, until cancelled.
    ///
    /// Each request looks by itself; a process that may be idle for long runs this beside, so that it does not keep the
    /// generation of its last request, and the disk space that takes.
    public func followUpdates() async { await live?.follow() }

    /// Decomposes a request, retrieves candidates for each sub-task, refines the sub-tasks with what the library offers,
    /// and composes them into a plan.
    ///
    /// A sub-task that no skill fits stays in the plan without one, with the reason.
    /// - Throws: `DecompositionError` for an empty or overlong request.
    public func route(_ request: String) async throws -> Plan {
        try await withGeneration { try await route(request, with: $0) }
    }

    private func route(_ request: String, with generation: RouterGeneration) async throws -> Plan {
        try await RouteTelemetry.measuring(.route) { span in
            var stopwatch = Stopwatch()
            span.set(.decomposer, .string(generation.decomposer.name))
            let decomposition = try await RouteTelemetry.measuring(.decompose) { _ in
                try await generation.decomposer.decompose(request)
            }
            let decomposed = stopwatch.lap()

            let (candidates, reranking) = try await RouteTelemetry.measuring(.retrieve) { span in
                span.set(.stepCount, .integer(decomposition.subtasks.count))
                return try await retrieve(decomposition, from: generation)
            }
            let retrieved = stopwatch.lap()

            let refined = try await RouteTelemetry.measuring(.refine) { _ in
                try await generation.refiner.refine(decomposition, candidates, of: request)
            }
            let fitted = stopwatch.lap()

            var plan = try await RouteTelemetry.measuring(.compose) { _ in
                try await compose(request, refined.decomposition, refined.candidates, from: generation)
            }
            plan.note(reranking)
            let composed = stopwatch.lap()

            plan.timings = PlanTimings(
                decompose: decomposed,
                retrieve: retrieved,
                refine: fitted,
                compose: composed,
                total: stopwatch.total()
            )
            span.set(.stepCount, .integer(plan.steps.count))
            return plan
        }
    }

    /// Splits a request into sub-tasks, without looking further.
    ///
    /// - Throws: `DecompositionError` for an empty or overlong request, and where a language model was required and failed.
    public func decompose(_ request: String) async throws -> Decomposition {
        try await withGeneration { try await $0.decomposer.decompose(request) }
    }

    /// The skills, and their tools, that fit a text best.
    public func search(
        _ text: String,
        top: Int = 10,
        filter: SkillFilter = .everything
    ) async throws -> [Candidate] {
        try await RouteTelemetry.measuring(.search) { _ in
            try await withGeneration {
                try await $0.retriever.candidates(for: [text], top: top, filter: filter).first ?? []
            }
        }
    }

    /// The same with the skills that were found, by id: all of one generation of the library.
    package func searchSkills(
        _ text: String,
        top: Int = 10,
        filter: SkillFilter = .everything
    ) async throws -> (found: [Candidate], skills: [String: Skill]) {
        try await withGeneration { generation in
            let found = try await generation.retriever.candidates(for: [text], top: top, filter: filter).first ?? []
            return (found, try await generation.index.skills(found.map(\.skill)))
        }
    }

    /// The results of a search with what put them there: signals, tools, words.
    public func explain(
        _ text: String,
        top: Int = 10,
        filter: SkillFilter = .everything
    ) async throws -> [MatchExplanation] {
        try await withGeneration { try await $0.explainer.explain(text, top: top, filter: filter) }
    }

    /// Why a skill is not the first result of a search.
    ///
    /// - Returns: nil for an id that is not in the library or that the filter excludes.
    public func explain(
        _ text: String,
        absenceOf skill: String,
        filter: SkillFilter = .everything
    ) async throws -> MatchExplanation? {
        try await withGeneration { try await $0.explainer.explain(text, absenceOf: skill, filter: filter) }
    }

    /// Fits the weights of the stages to accepted results; nothing is kept yet.
    public func tune(
        _ pairs: [AcceptedPair],
        progress: (Int) -> Void = { _ in }
    ) async throws -> TuningReport {
        let generation = await generation
        return try await FusionTuner(retriever: generation.retriever, library: generation.index)
            .fit(pairs, progress: progress)
    }

    /// Searches the router's library with the weights of a report from now on; nil goes back to those of the program.
    public func keep(_ report: TuningReport?) async throws {
        guard let location = (await index as? IndexedLibrary)?.library.location else {
            throw LibraryError(.notFound, "fitted weights are kept with libraries in files of this machine only")
        }
        let lock = try await LibraryLock.acquire(location, holder: "skillweaver tune")
        defer { withExtendedLifetime(lock) {} }
        try LibraryParts.keep(report.map { FusionTuner.weights(of: $0).bytes }, as: .fusionWeights, at: location)
    }

    /// The skill of that id in the router's library; nil where there is none.
    public func skill(_ id: String) async throws -> Skill? {
        try await withGeneration { try await $0.index.skill(id) }
    }

    /// The skills of these ids that the library has, by id.
    package func skills(_ ids: [String]) async throws -> [String: Skill] {
        try await withGeneration { try await $0.index.skills(ids) }
    }

    private func retrieve(
        _ decomposition: Decomposition,
        from generation: RouterGeneration
    ) async throws -> ([[Candidate]], [RerankingReport]) {
        let subtasks = decomposition.subtasks
        let reports = Mutex<[RerankingReport]>([])
        let retriever =
            rerankingModel.map { model in
                generation.retriever.adding(
                    ListwiseReranker(model: model) { report in reports.withLock { $0.append(report) } }
                )
            } ?? generation.retriever
        let found = try await retriever.candidates(for: subtasks.map(\.text), top: candidatesPerStep)
        let candidates = zip(subtasks, found).map { subtask, candidates in
            decomposition.picks[subtask.id].map { candidates.preferring($0) } ?? candidates
        }
        return (candidates, reports.withLock(\.self))
    }

    /// What a model picked, and retrieval does not find for the step: it is said and not used.
    private func unfoundPicks(_ decomposition: Decomposition, _ candidates: [[Candidate]]) -> [String] {
        zip(decomposition.subtasks, candidates).compactMap { subtask, candidates in
            guard let pick = decomposition.picks[subtask.id], !candidates.contains(where: { $0.skill == pick }) else {
                return nil
            }
            return "\(subtask.id): the model picked \(pick), which is not among the candidates found for this step"
        }
    }

    private func compose(
        _ request: String,
        _ decomposition: Decomposition,
        _ candidates: [[Candidate]],
        from generation: RouterGeneration
    ) async throws -> Plan {
        let skills = try await generation.index.skills(candidates.joined().map(\.skill))
        var plan = composer.compose(
            CompositionInput(
                request: request,
                decomposer: generation.decomposer.name,
                subtasks: decomposition.subtasks,
                candidates: candidates,
                skills: skills,
                dependencies: decomposition.dependencies,
                workspace: workspace
            )
        )
        if let bindingModel { plan = try await ModelBinder(model: bindingModel).bind(plan, skills: skills) }
        plan.diagnostics =
            remarks + decomposition.diagnostics + unfoundPicks(decomposition, candidates) + plan.diagnostics
        plan.tokens = decomposition.tokens
        plan.decomposition = decomposition.report
        return plan
    }
}

extension Plan {
    /// Takes over what ordering the candidates cost, and says where it was of no use.
    fileprivate mutating func note(_ reports: [RerankingReport]) {
        reranking = reports
        let calls = (decomposition?.rounds ?? []).compactMap(\.call) + reports.compactMap(\.call)
        tokens = .sum(of: (calls + [binding?.call].compactMap(\.self)).map(\.tokens))
        diagnostics += reports.compactMap { report in
            report.remark.map { "the model \(report.model) did not order all candidates: \($0)" }
        }
    }
}
