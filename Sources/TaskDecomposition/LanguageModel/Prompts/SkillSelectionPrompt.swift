package import LanguageModels

/// The prompt of the direct baseline: all skill names at once, and a model that picks one for each step.
///
/// After the LLM-Direct baseline of arXiv 2606.18051, section 7.3. The published one asks for names only; ours asks for
/// the step beside the name, so that the steps can be judged as well.
package struct SkillSelectionPrompt: Sendable, Hashable {
    /// As for decomposition, with room for a name beside each step.
    package static let parameters = ChatParameters(temperature: 0.1, topP: 0.9, maximumTokens: 512)

    package var parameters: ChatParameters

    package init(parameters: ChatParameters = SkillSelectionPrompt.parameters) {
        self.parameters = parameters
    }

    package func select(_ request: String, from skills: some Sequence<SkillListing>) -> ChatRequest {
        let names = skills.map { PromptText.skillName($0.name) }.joined(separator: "\n")
        return ChatRequest(
            messages: [
                .system(Self.system),
                .user(
                    """
                    Request: \(request)

                    Skills:
                    \(names)

                    JSON array:
                    """
                ),
            ],
            parameters: parameters
        )
    }

    private static let system = """
        You choose skills for an agent. Below the user's request is the list of all skills there are, one name a line. \
        Decide which steps the request takes and which skill does each of them.

        Rules:
        1. Take only the skills that are needed, and as many as are needed.
        2. Every step is done by exactly one skill; write its name as it stands in the list, or null when none fits.
        3. The steps stand in the order in which they are carried out.
        4. Answer with a JSON array ONLY, an object for each step: {"step": "what is done", "skill": "name"}.
        """
}
