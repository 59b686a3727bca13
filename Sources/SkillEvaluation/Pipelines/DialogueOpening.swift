import LanguageModels
import SkillRetrieval
import TaskDecomposition

/// Begins the dialogues of a system with a language model about the requests of a benchmark.
struct DialogueOpening: Sendable {
    let system: BenchmarkSystem
    let hints: RetrievedHints
    /// Makes the plan that sad+ revises.
    let local: any Decomposer
    private let tuning: DialogueTuning
    private let counter: any TokenCounter
    private let listings: [SkillListing]

    /// - Parameter counter: What token budgets are counted with.
    init(
        _ system: BenchmarkSystem,
        over file: LibraryFile,
        tuning: DialogueTuning,
        counter: any TokenCounter,
        on workbench: EvaluationWorkbench
    ) async throws {
        let library = try await workbench.library(file, hasCategory: false)
        let retriever = SkillRetriever(embedder: workbench.embedder, library: library.index)
        self.system = system
        self.tuning = tuning
        self.counter = counter
        hints = RetrievedHints(retriever: retriever, library: library.index)
        local = try await DecomposerRecipe.local.decomposer(
            with: DecomposerParts(embedder: workbench.embedder, retriever: retriever, library: library.index)
        )
        listings = file.labels.entries.map { SkillListing(skill: $0.id, name: $0.name) }
    }

    /// - Parameter stepCount: How many steps the gold answer has; only the oracle is told.
    func dialogue(about request: String, stepCount: Int) async throws -> any DecompositionDialogue {
        let prompt = DecompositionPrompt(
            wording: tuning.skillAware.wording,
            parameters: tuning.skillAware.parameters
        )
        return switch system {
        case .sad: SkillAwareDialogue(request: request, options: tuning.skillAware)
        case .revised:
            RevisionDialogue(
                request: request,
                draft: try await local.decompose(request),
                prompt: RevisionPrompt(options: tuning.revision, counter: counter)
            )
        case .react:
            ReActDialogue(request: request, prompt: ReActPrompt(parameters: heated(ReActPrompt.parameters)))
        case .llmDirect:
            SkillSelectionDialogue(
                request: request,
                skills: listings,
                prompt: SkillSelectionPrompt(parameters: heated(SkillSelectionPrompt.parameters))
            )
        case .oracleCount: VanillaDialogue(request: request, stepCount: stepCount, prompt: prompt)
        default: VanillaDialogue(request: request, prompt: prompt)
        }
    }

    private func heated(_ parameters: ChatParameters) -> ChatParameters {
        var parameters = parameters
        parameters.temperature = tuning.temperature
        return parameters
    }
}
