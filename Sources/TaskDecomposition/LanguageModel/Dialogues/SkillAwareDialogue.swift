package import LanguageModels

/// Skill-aware decomposition: draft, look for skills, show the model what was found, and redo.
///
/// Algorithm 1 of arXiv 2606.18051. Round 0 is the plain decomposition. After each round but the last, the best
/// candidates of all its sub-tasks become the hints of the next; it ends after T rounds with hints, or as soon as two
/// successive sets of hints have more than τ in common, with the steps of its last round.
///
///     send ─reply─▶ retrieve ─hints─▶ send ─reply─▶ … ─▶ finish
package struct SkillAwareDialogue: DecompositionDialogue {
    package private(set) var action: DialogueAction

    private let request: String
    private let options: SkillAwareOptions
    private let prompt: DecompositionPrompt
    private var parsed: ParsedSteps?
    private var rounds: [DialogueRound] = []
    private var diagnostics: [String] = []

    package init(request: String, options: SkillAwareOptions = SkillAwareOptions()) {
        self.request = request
        self.options = options
        prompt = DecompositionPrompt(wording: options.wording, parameters: options.parameters)
        action = .send(prompt.vanilla(request))
    }

    package mutating func receive(_ reply: ChatReply) throws(DialogueError) {
        guard case .send(let sent) = action else { throw .unexpectedReply }
        let parsed = StepListParser.parse(reply, request: request)
        self.parsed = parsed
        diagnostics += parsed.diagnostics.map { "round \(rounds.count): \($0)" }
        rounds.append(DialogueRound(request: sent, reply: reply, steps: parsed.steps))
        if isLastRound, !options.measuresConvergence {
            finish()
        } else {
            action = .retrieve(subtasks: parsed.steps, limit: options.candidatesPerStep)
        }
    }

    package mutating func receive(_ hints: [SkillHint]) throws(DialogueError) {
        guard case .retrieve = action else { throw .unexpectedHints }
        let found = HintSet(uniting: hints, limit: options.hints)
        let round = rounds.count - 1
        rounds[round].hints = found
        if round > 0 { rounds[round].jaccard = rounds[round - 1].hints?.jaccard(found) }
        if found.isEmpty { diagnostics.append("round \(round): no skill was found to hint at") }
        let hasSettled = rounds[round].jaccard.map { $0 > options.convergence } ?? false
        if isLastRound || hasSettled || found.isEmpty {
            finish()
        } else {
            action = .send(prompt.skillAware(request, hints: found, describesHints: options.describesHints))
        }
    }

    /// Round 0 has no hints; T rounds follow it.
    private var isLastRound: Bool { rounds.count > options.iterations }

    private mutating func finish() {
        guard let parsed else { return }
        action = .finish(
            DialogueOutcome(
                steps: parsed.steps.map { ProposedStep(text: $0) },
                isWholeRequest: parsed.form == .wholeRequest,
                rounds: rounds,
                diagnostics: diagnostics,
                defect: parsed.defect
            )
        )
    }
}
