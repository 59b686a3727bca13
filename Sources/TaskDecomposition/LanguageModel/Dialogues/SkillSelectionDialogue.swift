package import LanguageModels

/// One question with the names of all skills in it, answered by steps and the skill of each: the direct baseline.
package struct SkillSelectionDialogue: DecompositionDialogue {
    /// Most names that are shown; a prompt with more would fit no model.
    package static let maximumSkills = 10_000

    package private(set) var action: DialogueAction

    private let request: String
    private let names: SkillNameTable
    private var diagnostics: [String] = []

    package init(request: String, skills: [SkillListing], prompt: SkillSelectionPrompt = SkillSelectionPrompt()) {
        self.request = request
        let shown = skills.prefix(Self.maximumSkills)
        names = SkillNameTable(shown)
        if shown.count < skills.count {
            diagnostics = ["the model was shown \(shown.count) of \(skills.count) skills"]
        }
        action = .send(prompt.select(request, from: shown))
    }

    package mutating func receive(_ reply: ChatReply) throws(DialogueError) {
        guard case .send(let prompt) = action else { throw .unexpectedReply }
        let selection = SkillSelectionParser.parse(reply, request: request, skills: names)
        action = .finish(
            DialogueOutcome(
                steps: selection.steps,
                isWholeRequest: selection.isWholeRequest,
                rounds: [DialogueRound(request: prompt, reply: reply, steps: selection.steps.map(\.text))],
                diagnostics: diagnostics + selection.diagnostics,
                defect: selection.defect
            )
        )
    }
}
