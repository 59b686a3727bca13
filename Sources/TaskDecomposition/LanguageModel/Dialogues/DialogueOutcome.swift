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
    /// Why the steps should not be relied on, for example that the reply breaks off; nil where they may be.
    ///
    /// The published systems take such steps all the same; whoever has a better plan at hand need not.
    package var defect: String? = nil
    /// The pass that the first prompt builds on, where there was one without a model.
    package var draft: DecompositionRound? = nil

    /// What all replies cost together.
    package var tokens: TokenUsage { .sum(of: rounds.map(\.usage)) }
}

extension DialogueOutcome {
    /// The plan that stands in for a model which failed.
    ///
    /// - Parameter rounds: what was asked, and paid for, until then.
    package init(standingIn plan: Decomposition, after rounds: [DialogueRound], because reason: String) {
        self.init(
            steps: plan.subtasks.map { ProposedStep(text: $0.text, span: $0.span, confidence: $0.confidence) },
            isWholeRequest: false,
            rounds: rounds,
            diagnostics: ["\(reason); the local plan stands in for the model's"],
            defect: reason
        )
    }
}

/// One step a model proposes.
package struct ProposedStep: Sendable, Hashable {
    package var text: String
    /// The library's id of the skill that the model chose for it; nil where it chose none, or was not asked to.
    package var skill: String?
    /// Bytes of the request it comes from; nil where the model does not say.
    package var span: Range<Int>?
    package var confidence: Double
    /// Positions of the steps whose results it uses; nil where the model was not asked.
    package var dependsOn: [Int]?

    package init(
        text: String,
        skill: String? = nil,
        span: Range<Int>? = nil,
        confidence: Double = 1,
        dependsOn: [Int]? = nil
    ) {
        self.text = text
        self.skill = skill
        self.span = span
        self.confidence = confidence
        self.dependsOn = dependsOn
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
    /// Every pass over the request; the model's name is for whoever asked it to add.
    package var report: DecompositionReport {
        DecompositionReport(rounds: (draft.map { [$0] } ?? []) + rounds.map(\.report))
    }

    /// The outcome as any decomposer returns it.
    ///
    /// Where a model does not say where in the request a step stands, steps have no span; the request as a whole has one.
    package func decomposition(of request: String) -> Decomposition {
        let subtasks = steps.enumerated().map { index, step in
            Subtask(
                id: Self.id(index),
                text: step.text,
                span: isWholeRequest ? 0..<request.utf8.count : step.span,
                confidence: isWholeRequest ? 0 : step.confidence
            )
        }
        return Decomposition(
            subtasks: subtasks,
            diagnostics: diagnostics,
            report: report,
            dependencies: dependencies,
            picks: byID(\.skill)
        )
    }

    private static func id(_ index: Int) -> String { "s\(index + 1)" }

    private func byID<Value>(_ value: (ProposedStep) -> Value?) -> [String: Value] {
        let pairs = steps.enumerated().compactMap { index, step in value(step).map { (Self.id(index), $0) } }
        return Dictionary(pairs) { first, _ in first }
    }

    private var dependencies: [String: [String]]? {
        guard steps.contains(where: { $0.dependsOn != nil }) else { return nil }
        return byID { step in
            step.dependsOn.flatMap { $0.isEmpty ? nil : $0.map(Self.id) }
        }
    }
}
