package import LanguageModels

/// The prompts of the ReAct baseline: think, act, observe, one action a turn.
///
/// After Yao et al. (arXiv 2210.03629), as arXiv 2606.18051, section 7.3, applies it to routing: nothing asks the model
/// to plan ahead, it searches for a skill, uses it, and decides what comes next. Nothing is really run.
package struct ReActPrompt: Sendable, Hashable {
    /// As for decomposition; the reply ends where the model would make up an observation.
    package static let parameters = ChatParameters(
        temperature: 0.1,
        topP: 0.9,
        maximumTokens: 256,
        stopSequences: ["\nObservation:"]
    )

    package var parameters: ChatParameters

    package init(parameters: ChatParameters = ReActPrompt.parameters) {
        self.parameters = parameters
    }

    /// The conversation before the first action.
    package func opening(_ request: String) -> ChatRequest {
        ChatRequest(messages: [.system(Self.system), .user("Request: \(request)")], parameters: parameters)
    }

    /// What the model sees after a search.
    package func observation(found hints: HintSet) -> String {
        guard !hints.isEmpty else { return "Observation: no skill was found." }
        let lines = hints.hints.map { hint in
            let description = PromptText.skillDescription(hint.description)
            return "- \(PromptText.skillName(hint.name)): \(description)"
        }
        return "Observation:\n" + lines.joined(separator: "\n")
    }

    /// What the model sees after it used a skill.
    package static let used = "Observation: done."

    /// What the model sees after it used a skill that no search has shown.
    package func observation(unknown name: String) -> String {
        let name = PromptText.skillName(name)
        return "Observation: there is no skill named \"\(name)\"; search for one and use the name you are shown."
    }

    /// What the model sees after a turn without an action.
    package static let unreadable = """
        Observation: no action was found. Write a line "Action: " with search[…], use[…] or finish[].
        """

    private static let system = """
        You fulfil the user's request with the skills of a library. Work in turns. In every turn write one line that \
        begins with "Thought:" and says what to do next, and one line that begins with "Action:"; then stop and wait \
        for the observation.

        The actions:
        search[what a skill should be able to do] shows you skills of the library.
        use[name of a skill | what it should do] carries out one step with a skill that a search has shown.
        finish[] ends the work when the request is fulfilled.
        """
}
