package import LanguageModels

/// The ReAct baseline: one action a turn, and the skills the model uses on its way are the steps.
///
///     send ─search─▶ retrieve ─hints─▶ send        send ─use─▶ send        send ─finish─▶ finish
///
/// Nothing is run: what the model observes after it used a skill is that it worked. A reply without an action is
/// answered by saying so; two in a row, or too many turns, end the dialogue with the steps so far.
package struct ReActDialogue: DecompositionDialogue {
    package private(set) var action: DialogueAction

    private let request: String
    private let options: ReActOptions
    private let prompt: ReActPrompt
    private var conversation: ChatRequest
    private var names = SkillNameTable()
    private var steps: [ProposedStep] = []
    private var rounds: [DialogueRound] = []
    private var diagnostics: [String] = []
    private var unreadableInARow = 0

    package init(request: String, options: ReActOptions = ReActOptions(), prompt: ReActPrompt = ReActPrompt()) {
        self.request = request
        self.options = options
        self.prompt = prompt
        conversation = prompt.opening(request)
        action = .send(conversation)
    }

    package mutating func receive(_ reply: ChatReply) throws(DialogueError) {
        guard case .send(let sent) = action else { throw .unexpectedReply }
        conversation.messages.append(.assistant(PromptText.reply(reply.text)))
        let chosen = ReActAction(reply: reply.text)
        unreadableInARow = chosen == .unreadable ? unreadableInARow + 1 : 0
        if case .use(let name, let purpose) = chosen, let skill = names.skill(named: name) {
            steps.append(ProposedStep(text: purpose ?? name, skill: skill))
        }
        rounds.append(DialogueRound(request: sent, reply: reply, steps: steps.map(\.text)))
        switch chosen {
        case .search(let need): action = .retrieve(subtasks: [need], limit: options.skillsPerSearch)
        case .use(let name, _):
            observe(names.skill(named: name) == nil ? prompt.observation(unknown: name) : ReActPrompt.used)
        case .finish: finish()
        case .unreadable:
            if unreadableInARow < 2 {
                observe(ReActPrompt.unreadable)
            } else {
                finish("the model's replies hold no action")
            }
        }
    }

    package mutating func receive(_ hints: [SkillHint]) throws(DialogueError) {
        guard case .retrieve = action else { throw .unexpectedHints }
        let found = HintSet(uniting: hints, limit: options.skillsPerSearch)
        rounds[rounds.count - 1].hints = found
        for hint in found.hints { names.add(SkillListing(skill: hint.skill, name: hint.name)) }
        observe(prompt.observation(found: found))
    }

    /// Shows the model what came of its action, unless it has had its turns.
    private mutating func observe(_ observation: String) {
        conversation.messages.append(.user(observation))
        if rounds.count >= options.turns {
            finish("the model did not finish within \(options.turns) turns")
        } else if steps.count >= DecompositionLimits.maximumSteps {
            finish("the model used \(steps.count) skills, the most a request may take")
        } else {
            action = .send(conversation)
        }
    }

    private mutating func finish(_ remark: String? = nil) {
        if let remark { diagnostics.append(remark) }
        let defect = steps.isEmpty ? "the model used no skill" : remark
        if steps.isEmpty { diagnostics.append("the model used no skill; the whole request is taken as one step") }
        action = .finish(
            DialogueOutcome(
                steps: steps.isEmpty ? [ProposedStep(text: request.trimmingSpaces)] : steps,
                isWholeRequest: steps.isEmpty,
                rounds: rounds,
                diagnostics: diagnostics,
                defect: defect
            )
        )
    }
}

/// Bounds of the ReAct baseline.
package struct ReActOptions: Sendable, Hashable {
    /// Most replies, 1…100.
    package var turns: Int
    /// Skills a search shows, 1…100.
    package var skillsPerSearch: Int

    /// Values out of range are moved to the nearest bound.
    package init(turns: Int = 16, skillsPerSearch: Int = 5) {
        self.turns = min(max(turns, 1), 100)
        self.skillsPerSearch = min(max(skillsPerSearch, 1), 100)
    }
}
