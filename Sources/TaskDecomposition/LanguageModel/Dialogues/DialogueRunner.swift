package import LanguageModels

/// Drives dialogues with a live model.
package struct DialogueRunner: Sendable {
    package let model: any ChatModel
    private let hints: (any SkillHints)?
    private let patience: Duration?

    /// - Parameters:
    ///   - hints: what finds skills; nil where no dialogue asks for any.
    ///   - patience: longest time a dialogue may wait for the model, all calls together; nil leaves that to the model.
    package init(model: any ChatModel, hints: (any SkillHints)? = nil, patience: Duration? = nil) {
        self.model = model
        self.hints = hints
        self.patience = patience
    }

    /// Runs a dialogue to its end and measures how long each reply took.
    ///
    /// - Throws: what the model or the hints throw, and `DialogueError.noHints`.
    package func run(_ dialogue: some DecompositionDialogue) async throws -> DialogueOutcome {
        switch try await attempt(dialogue).end {
        case .finished(let outcome): outcome
        case .failed(let error): throw error
        }
    }

    /// Runs a dialogue to its end, or to the call that brought no reply.
    ///
    /// - Throws: `CancellationError` when the task is cancelled, what the hints throw, and `DialogueError.noHints`.
    package func attempt(_ dialogue: some DecompositionDialogue) async throws -> DialogueAttempt {
        var dialogue = dialogue
        var rounds: [DialogueRound] = []
        let clock = ContinuousClock()
        let end = patience.map { clock.now + $0 }
        while true {
            try Task.checkCancellation()
            switch dialogue.action {
            case .send(let request):
                let start = clock.now
                do {
                    let reply = try await reply(to: request, within: end.map { $0 - start })
                    rounds.append(DialogueRound(request: request, reply: reply, steps: []))
                    rounds[rounds.count - 1].latency = clock.now - start
                    try dialogue.receive(reply)
                } catch let error as ChatModelError {
                    // A cancelled call may look like a broken connection.
                    try Task.checkCancellation()
                    if dialogue.receive(error) { continue }
                    return DialogueAttempt(end: .failed(error), rounds: rounds)
                }
            case .retrieve(let subtasks, let limit):
                guard let hints else { throw DialogueError.noHints }
                try dialogue.receive(try await hints.hints(for: subtasks, limit: limit))
            case .finish(var outcome):
                for (index, round) in zip(outcome.rounds.indices, rounds) {
                    outcome.rounds[index].latency = round.latency
                }
                return DialogueAttempt(end: .finished(outcome), rounds: outcome.rounds)
            }
        }
    }

    /// The reply, or the error of a model that takes longer than is left.
    private func reply(to request: ChatRequest, within limit: Duration?) async throws -> ChatReply {
        guard let limit else { return try await model.reply(to: request) }
        let model = model
        return try await withThrowingTaskGroup(of: ChatReply.self) { group in
            defer { group.cancelAll() }
            group.addTask { try await model.reply(to: request) }
            group.addTask {
                try await Task.sleep(for: max(limit, .zero))
                let seconds = patience.map { $0 / .seconds(1) } ?? 0
                throw ChatModelError(.timedOut, model: model.name, detail: "no answer within \(seconds) s")
            }
            guard let first = try await group.next() else { throw CancellationError() }
            return first
        }
    }
}
