package import LanguageModels

/// One question, one list of steps: the decomposition that knows nothing of the skills there are.
package struct VanillaDialogue: DecompositionDialogue {
    package private(set) var action: DialogueAction

    private let request: String

    /// - Parameter stepCount: how many steps the model is told to make; nil leaves that to the model.
    package init(request: String, stepCount: Int? = nil, prompt: DecompositionPrompt = DecompositionPrompt()) {
        self.request = request
        action = .send(stepCount.map { prompt.fixedStepCount(request, count: $0) } ?? prompt.vanilla(request))
    }

    package mutating func receive(_ reply: ChatReply) throws(DialogueError) {
        guard case .send(let prompt) = action else { throw .unexpectedReply }
        let parsed = StepListParser.parse(reply, request: request)
        action = .finish(
            DialogueOutcome(
                steps: parsed.steps.map { ProposedStep(text: $0) },
                isWholeRequest: parsed.form == .wholeRequest,
                rounds: [DialogueRound(request: prompt, reply: reply, steps: parsed.steps)],
                diagnostics: parsed.diagnostics,
                defect: parsed.defect
            )
        )
    }
}
