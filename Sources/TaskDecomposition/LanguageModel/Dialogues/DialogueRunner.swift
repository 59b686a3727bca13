package import LanguageModels

/// Drives dialogues with a live model.
package struct DialogueRunner: Sendable {
    private let model: any ChatModel
    private let hints: (any SkillHints)?

    /// - Parameter hints: what finds skills; nil where no dialogue asks for any.
    package init(model: any ChatModel, hints: (any SkillHints)? = nil) {
        self.model = model
        self.hints = hints
    }

    /// Runs a dialogue to its end and measures how long each reply took.
    ///
    /// - Throws: what the model or the hints throw, and `DialogueError.noHints`.
    package func run(_ dialogue: some DecompositionDialogue) async throws -> DialogueOutcome {
        var dialogue = dialogue
        var latencies: [Duration] = []
        let clock = ContinuousClock()
        while true {
            switch dialogue.action {
            case .send(let request):
                let start = clock.now
                let reply = try await model.reply(to: request)
                latencies.append(clock.now - start)
                try dialogue.receive(reply)
            case .retrieve(let subtasks, let limit):
                guard let hints else { throw DialogueError.noHints }
                try dialogue.receive(try await hints.hints(for: subtasks, limit: limit))
            case .finish(var outcome):
                for (round, latency) in zip(outcome.rounds.indices, latencies) {
                    outcome.rounds[round].latency = latency
                }
                return outcome
            }
        }
    }
}
