package import JSONSchema
package import LanguageModels
import SkillCatalog
import SkillRetrieval
package import TaskDecomposition

/// The dialogues of a system with a language model about every request of CompSkillBench, answered offline.
///
/// No reply is needed to begin; each time the replies so far are handed in, it says which prompts come next, until all
/// dialogues are finished and can be scored.
package struct DialogueBatch: Sendable {
    /// How far the dialogues are.
    package struct State: Sendable {
        /// Prompts that need a reply next, in the order of the requests.
        package internal(set) var waiting: [PromptRecord] = []
        package internal(set) var finished: [String: DialogueOutcome] = [:]
        /// Replies that some dialogue has taken.
        package internal(set) var usedReplies = 0
    }

    private let benchmark: CompSkillBenchmark
    private let opening: DialogueOpening
    private let tuning: DialogueTuning
    private let counter: any TokenCounter

    /// - Parameters:
    ///   - system: One that needs a language model.
    ///   - counter: What prompts and replies are counted with where no model has reported their cost.
    package init(
        _ system: BenchmarkSystem,
        of benchmark: CompSkillBenchmark,
        tuning: DialogueTuning,
        counter: any TokenCounter,
        on workbench: EvaluationWorkbench
    ) async throws {
        opening = try await DialogueOpening(
            system,
            over: benchmark.library,
            tuning: tuning,
            counter: counter,
            on: workbench
        )
        self.benchmark = benchmark
        self.tuning = tuning
        self.counter = counter
    }

    /// Plays every dialogue as far as the replies go.
    ///
    /// - Parameter progress: Called with how many dialogues were played.
    package func play(_ replies: ReplyBatch, progress: (Int) -> Void = { _ in }) async throws -> State {
        let replay = DialogueReplay(replies: replies, hints: opening.hints, counter: counter)
        var state = State()
        for (number, query) in benchmark.queries.records.enumerated() {
            try Task.checkCancellation()
            switch try await play(query, with: replay) {
            case .waiting(let prompt):
                state.usedReplies += prompt.round
                state.waiting.append(prompt)
            case .finished(let outcome):
                state.usedReplies += outcome.rounds.count
                state.finished[query.id] = outcome
            }
            progress(number + 1)
        }
        return state
    }

    private func play(_ query: CompSkillQuery, with replay: DialogueReplay) async throws -> DialogueReplay.Progress {
        let dialogue = try await opening.dialogue(about: query.query, stepCount: query.steps.count)
        return try await replay.play(dialogue, id: query.id)
    }

    /// How the batch's token figures are labelled.
    package var tokenSource: TokenUsage.Source { counter.source }

    /// Mean tokens of prompts, by the batch's counter.
    package func meanTokens(of prompts: [PromptRecord]) -> Double {
        guard !prompts.isEmpty else { return 0 }
        return Double(prompts.reduce(0) { $0 + counter.count($1.request.messages) }) / Double(prompts.count)
    }

    /// What of the options decides the outcomes, for the configuration of a run.
    package var settings: JSONObject { tuning.settings(of: opening.system) }
}
