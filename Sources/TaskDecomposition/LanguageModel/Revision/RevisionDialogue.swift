package import LanguageModels
import SkillRetrieval

/// Skill-aware decomposition that starts from the local plan: one call in all, and one more where the answer is of no use.
///
///     retrieve ─hints─▶ send ─good reply─▶ finish
///                        ▲ └─bad reply─▶ send with what is wrong ─▶ … ─▶ finish with the local plan
///                        └─prompt too long─ send without hints
///
/// Where the published dialogue spends its first call on a blind draft, this one has a draft for nothing. An answer that
/// cannot be relied on leaves the local plan, never a worse one.
package struct RevisionDialogue: DecompositionDialogue {
    package private(set) var action: DialogueAction

    private let request: String
    private let draft: Decomposition
    private let prompt: RevisionPrompt
    private var draftRound: DecompositionRound
    private var foundHints: HintSet?
    private var names = SkillNameTable()
    private var showsHints = false
    private var repairsLeft: Int
    /// Number of steps of an answer that was sent back for it.
    private var doubtedCount: Int?
    private var steps: [ProposedStep] = []
    private var rounds: [DialogueRound] = []
    private var diagnostics: [String] = []

    /// - Parameter draft: the plan without a model.
    package init(request: String, draft: Decomposition, prompt: RevisionPrompt) {
        self.request = request
        self.draft = draft
        self.prompt = prompt
        draftRound = DecompositionRound(steps: draft.subtasks.count)
        repairsLeft = prompt.options.repairs
        action = .retrieve(subtasks: draft.subtasks.map(\.text), limit: prompt.options.candidatesPerStep)
    }

    package mutating func receive(_ hints: [SkillHint]) throws(DialogueError) {
        guard case .retrieve = action else { throw .unexpectedHints }
        let found = HintSet(sharing: hints, limit: prompt.options.hints)
        if rounds.isEmpty {
            foundHints = found
            draftRound.hints = found.hints.count
            ask(hints: found)
        } else {
            rounds[rounds.count - 1].hints = found
            rounds[rounds.count - 1].jaccard = foundHints?.jaccard(found)
            finish(steps)
        }
    }

    package mutating func receive(_ reply: ChatReply) throws(DialogueError) {
        guard case .send(let sent) = action else { throw .unexpectedReply }
        rounds.append(DialogueRound(request: sent, reply: reply, steps: []))
        do {
            let revised = try read(reply)
            steps = revised.steps
            rounds[rounds.count - 1].steps = steps.map(\.text)
            diagnostics += revised.remarks
            if prompt.options.measuresConvergence {
                action = .retrieve(subtasks: steps.map(\.text), limit: prompt.options.candidatesPerStep)
            } else {
                finish(steps)
            }
        } catch {
            if repairsLeft > 0, error.isRepairable {
                repairsLeft -= 1
                diagnostics.append("the model's answer was sent back: \(error)")
                action = .send(prompt.repair(sent, answer: reply.text, fault: error))
            } else {
                keepDraft("the model's answer cannot be used: \(error)")
            }
        }
    }

    /// A model that cannot take the prompt is asked once more without hints.
    package mutating func receive(_ failure: ChatModelError) -> Bool {
        guard failure.kind == .promptTooLong, showsHints, rounds.isEmpty else { return false }
        diagnostics.append("the prompt was too long for the model: asked again without hints")
        ask(hints: HintSet(sharing: [], limit: 0))
        return true
    }

    private mutating func ask(hints: HintSet) {
        guard let fitted = prompt.revise(request, draft: draft.subtasks, hints: hints) else {
            let limit = prompt.options.contextTokens
            return keepDraft("the request is longer than the \(limit) tokens that the model may be sent")
        }
        diagnostics += fitted.remarks
        showsHints = !fitted.hints.isEmpty
        names = SkillNameTable(fitted.hints.hints.map { SkillListing(skill: $0.skill, name: $0.name) })
        action = .send(fitted.request)
    }

    /// A number of steps that is unlike the draft's is believed when the model insists on it.
    private mutating func read(_ reply: ChatReply) throws(RevisionFault) -> RevisionReply {
        do {
            return try RevisionReply.read(reply, request: request, draft: draft.subtasks, skills: names)
        } catch .unlikelyCount(let count, let drafted) {
            defer { doubtedCount = count }
            guard let doubted = doubtedCount, StepCountCheck.isConfirmed(count, before: doubted, draft: drafted) else {
                throw .unlikelyCount(count, draft: drafted)
            }
            return try RevisionReply.read(
                reply,
                request: request,
                draft: draft.subtasks,
                skills: names,
                acceptsCount: true
            )
        }
    }

    private mutating func keepDraft(_ reason: String) {
        finish(
            draft.subtasks.map { ProposedStep(text: $0.text, span: $0.span, confidence: $0.confidence) },
            defect: reason
        )
    }

    private mutating func finish(_ steps: [ProposedStep], defect: String? = nil) {
        action = .finish(
            DialogueOutcome(
                steps: steps,
                isWholeRequest: false,
                rounds: rounds,
                diagnostics: diagnostics + (defect.map { ["\($0); the local plan stands"] } ?? draft.diagnostics),
                defect: defect,
                draft: draftRound
            )
        )
    }
}
