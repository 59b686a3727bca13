package import LanguageModels

/// A baseline: lets a language model search and use skills one by one, and takes what it used for the steps.
package struct ReActDecomposer: DialogueDecomposer {
    package var name: String { "react" }

    package let runner: DialogueRunner
    private let options: ReActOptions
    private let prompt: ReActPrompt

    package init(
        model: any ChatModel,
        hints: any SkillHints,
        options: ReActOptions = ReActOptions(),
        prompt: ReActPrompt = ReActPrompt(),
        patience: Duration? = nil
    ) {
        runner = DialogueRunner(model: model, hints: hints, patience: patience)
        self.options = options
        self.prompt = prompt
    }

    package func dialogue(for request: String) -> ReActDialogue {
        ReActDialogue(request: request, options: options, prompt: prompt)
    }

    package func decompose(_ request: String) async throws -> Decomposition {
        try await decomposition(of: request)
    }
}
