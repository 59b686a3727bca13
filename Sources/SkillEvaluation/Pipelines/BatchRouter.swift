import LanguageModels
import PlanComposition
import SkillCatalog
import SkillRetrieval
import TaskDecomposition

/// A request of any benchmark, with the gold answer that some systems start from.
struct RoutedRequest: Sendable {
    let id: String
    let query: String
    let goldSteps: [String]
    /// The tool of each gold step; nil where that is not known.
    var goldTools: [String]?
}

/// Routes many requests at once by the product's own parts; for quality, not for latency.
struct BatchRouter: Sendable {
    /// Where the steps come from.
    enum Steps: Sendable {
        case decomposer(any Decomposer)
        case gold
        /// What came of dialogues with a language model, by request.
        case dialogues([String: DialogueOutcome])
        /// Dialogues that are still to be held.
        case live(LiveDialogues)
    }

    /// What is found for each step.
    enum Candidates: Sendable {
        case dense(SkillRetriever)
        case lexical(TFIDFIndex)
        /// The gold tool itself.
        case gold
    }

    /// Candidates kept for each step, as in the product.
    static let candidatesPerStep = 10

    let steps: Steps
    let candidates: Candidates
    /// Nil where plans are not composed.
    let composer: Composer?
    /// Nil where sub-tasks stay as they were made.
    var refiner: LibraryRefiner?
    let library: BenchmarkLibrary
    /// Whether the skills a model picked are preferred among those that are found, as in the product; else they are all
    /// that is found.
    var prefersPicks = false

    /// One prediction for each request, in order.
    func predictions(for requests: [RoutedRequest]) async throws -> [Prediction] {
        var drafts: [Draft] = []
        if case .live(let live) = steps {
            for (request, held) in zip(requests, try await live.hold(requests)) { drafts.append(draft(request, held)) }
        } else {
            for request in requests { drafts.append(try await draft(request)) }
        }
        try await retrieve(for: &drafts)
        try await refine(&drafts)
        return try await compose(drafts)
    }

    /// A request on its way to a prediction.
    private struct Draft: Sendable {
        let request: RoutedRequest
        /// What a decomposer made of it, where one did.
        var decomposition: Decomposition?
        var subtasks: [Subtask] = []
        var candidates: [[Candidate]] = []
        /// The skill that a model picked for each step, where it is one of several candidates.
        var picks: [String?] = []
        var dependencies: [String: [String]]?
        var rounds: [DialogueRound] = []
        var tokens: TokenUsage?
        var failure: String?
    }

    private func draft(_ request: RoutedRequest) async throws -> Draft {
        var draft = Draft(request: request)
        switch steps {
        case .gold:
            draft.subtasks = request.goldSteps.enumerated().map { Subtask(id: "s\($0 + 1)", text: $1) }
        case .decomposer(let decomposer):
            do {
                let decomposition = try await decomposer.decompose(request.query)
                draft.decomposition = decomposition
                draft.subtasks = decomposition.subtasks
                draft.tokens = decomposition.tokens
            } catch let error as DecompositionError {
                draft.failure = error.description
            }
        case .dialogues(let outcomes):
            guard let outcome = outcomes[request.id] else {
                draft.failure = "no language model has answered"
                return draft
            }
            take(outcome, into: &draft)
        case .live: draft.failure = "its dialogue was not held"
        }
        return draft
    }

    private func draft(_ request: RoutedRequest, _ held: LiveDialogues.Held) -> Draft {
        var draft = Draft(request: request)
        switch held {
        case .failure(let reason): draft.failure = reason
        case .outcome(let outcome): take(outcome, into: &draft)
        }
        return draft
    }

    private func take(_ outcome: DialogueOutcome, into draft: inout Draft) {
        let decomposition = outcome.decomposition(of: draft.request.query)
        draft.subtasks = decomposition.subtasks
        draft.dependencies = decomposition.dependencies
        draft.rounds = outcome.rounds
        draft.tokens = outcome.tokens
        if prefersPicks {
            draft.picks = outcome.steps.map(\.skill)
        } else if outcome.steps.contains(where: { $0.skill != nil }) {
            // A system that picks skills itself is judged by its picks.
            draft.candidates = outcome.steps.map { step in step.skill.map { [library.candidate($0)] } ?? [] }
        }
    }

    private func retrieve(for drafts: inout [Draft]) async throws {
        let open = drafts.indices.filter { drafts[$0].candidates.isEmpty }
        switch candidates {
        case .gold:
            for index in open {
                drafts[index].candidates = (drafts[index].request.goldTools ?? []).map { [library.candidate($0)] }
            }
        case .lexical(let index):
            for place in open {
                drafts[place].candidates = drafts[place].subtasks.map { subtask in
                    index.search(subtask.text, top: Self.candidatesPerStep).map { found in
                        Candidate(skill: found.skill, tool: library.candidate(found.skill).tool, score: found.score)
                    }
                }
            }
        case .dense(let retriever):
            let texts = open.flatMap { drafts[$0].subtasks.map(\.text) }
            guard !texts.isEmpty else { return }
            var found = try await retriever.candidates(for: texts, top: Self.candidatesPerStep)[...]
            for index in open {
                let count = drafts[index].subtasks.count
                drafts[index].candidates = Array(found.prefix(count))
                for (step, pick) in drafts[index].picks.enumerated() {
                    guard let pick else { continue }
                    drafts[index].candidates[step] = drafts[index].candidates[step].preferring(pick)
                }
                found = found.dropFirst(count)
            }
        }
    }

    /// Fits the sub-tasks to the library as the product does.
    private func refine(_ drafts: inout [Draft]) async throws {
        guard let refiner else { return }
        for index in drafts.indices {
            guard let decomposition = drafts[index].decomposition else { continue }
            let query = drafts[index].request.query
            let refined = try await refiner.refine(decomposition, drafts[index].candidates, of: query)
            drafts[index].subtasks = refined.subtasks
            drafts[index].candidates = refined.candidates
        }
    }

    private func compose(_ drafts: [Draft]) async throws -> [Prediction] {
        var predictions: [Prediction] = []
        for draft in drafts {
            try Task.checkCancellation()
            predictions.append(prediction(draft))
        }
        return predictions
    }

    private func prediction(_ draft: Draft) -> Prediction {
        if let failure = draft.failure { return .failed(failure) }
        guard let composer else {
            let steps = zip(draft.subtasks, draft.candidates).map { Prediction.Step(subtask: $0, candidates: $1) }
            return Prediction(steps: steps, tokens: draft.tokens, rounds: draft.rounds)
        }
        let plan = composer.compose(
            CompositionInput(
                request: draft.request.query,
                decomposer: "benchmark",
                subtasks: draft.subtasks,
                candidates: draft.candidates,
                skills: skills(draft.candidates),
                dependencies: draft.dependencies
            )
        )
        var prediction = Prediction(plan, tokens: draft.tokens)
        prediction.rounds = draft.rounds
        return prediction
    }

    private func skills(_ candidates: [[Candidate]]) -> [String: Skill] {
        let ids = candidates.joined().map(\.skill)
        return Dictionary(ids.compactMap { id in library.skills[id].map { (id, $0) } }) { first, _ in first }
    }
}
