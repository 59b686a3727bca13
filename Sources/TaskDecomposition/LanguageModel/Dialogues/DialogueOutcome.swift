package import LanguageModels
package import SkillRetrieval

/// What came of a dialogue: the steps, and how they came about.
package struct DialogueOutcome: Sendable, Hashable {
    /// At least one, at most `DecompositionLimits.maximumSteps`.
    package var steps: [ProposedStep]
    /// True where no reply was of use and the only step is the request itself.
    package var isWholeRequest: Bool
    /// Every reply in order.
    package var rounds: [DialogueRound]
    package var diagnostics: [String]

    /// What all replies cost together.
    package var tokens: TokenUsage { .sum(of: rounds.map(\.usage)) }
}

/// One step a model proposes.
package struct ProposedStep: Sendable, Hashable {
    package var text: String
    /// The library's id of the skill that the model chose for it; nil where it chose none, or was not asked to.
    package var skill: String?

    package init(text: String, skill: String? = nil) {
        self.text = text
        self.skill = skill
    }
}

/// One exchange with the model.
package struct DialogueRound: Sendable, Hashable {
    package var request: ChatRequest
    package var reply: ChatReply
    /// The steps this reply lists; for ReAct, those used so far.
    package var steps: [String]
    /// What was retrieved for those steps afterwards; nil where nothing was.
    package var hints: HintSet?
    /// How much these hints and those of the round before have in common, 0…1; nil where there are not two to compare.
    package var jaccard: Double?
    /// How long the model took; nil where nobody measured it.
    package var latency: Duration?

    package var usage: TokenUsage { reply.usage }

    init(request: ChatRequest, reply: ChatReply, steps: [String]) {
        self.request = request
        self.reply = reply
        self.steps = steps
    }
}

extension DialogueRound {
    /// The round as reports show it.
    package var report: DecompositionRound {
        DecompositionRound(
            steps: steps.count,
            hints: hints?.hints.count,
            jaccard: jaccard,
            call: ModelCall(
                tokens: usage,
                latency: latency.map { $0 / .milliseconds(1) },
                finishReason: reply.finishReason
            )
        )
    }
}

extension DialogueOutcome {
    /// The outcome as any decomposer returns it.
    ///
    /// A model does not say where in the request a step stands, so steps have no span; the request as a whole has one.
    package func decomposition(of request: String) -> Decomposition {
        let subtasks = steps.enumerated().map { index, step in
            Subtask(
                id: "s\(index + 1)",
                text: step.text,
                span: isWholeRequest ? 0..<request.utf8.count : nil,
                confidence: isWholeRequest ? 0 : 1
            )
        }
        let picks = zip(subtasks, steps).compactMap { subtask, step in step.skill.map { (subtask.id, $0) } }
        return Decomposition(
            subtasks: subtasks,
            diagnostics: diagnostics,
            report: DecompositionReport(rounds: rounds.map(\.report)),
            picks: Dictionary(picks) { first, _ in first }
        )
    }
}
