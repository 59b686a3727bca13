package import LanguageModels

/// A baseline: shows a language model the names of all skills and lets it pick one for each step.
///
/// The skills it picked are the `picks` of the decomposition.
package struct DirectDecomposer: DialogueDecomposer {
    package var name: String { "llm-direct" }

    package let runner: DialogueRunner
    private let skills: [SkillListing]
    private let prompt: SkillSelectionPrompt

    package init(
        model: any ChatModel,
        skills: [SkillListing],
        prompt: SkillSelectionPrompt = SkillSelectionPrompt(),
        patience: Duration? = nil
    ) {
        runner = DialogueRunner(model: model, patience: patience)
        self.skills = skills
        self.prompt = prompt
    }

    package func dialogue(for request: String) -> SkillSelectionDialogue {
        SkillSelectionDialogue(request: request, skills: skills, prompt: prompt)
    }

    package func decompose(_ request: String) async throws -> Decomposition {
        try await decomposition(of: request)
    }
}
