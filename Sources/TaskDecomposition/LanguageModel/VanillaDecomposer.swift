public import LanguageModels

/// Asks a language model for the steps, without telling it which skills there are.
public struct VanillaDecomposer: DialogueDecomposer {
    public var name: String { "vanilla" }

    package let runner: DialogueRunner
    private let prompt: DecompositionPrompt

    public init(
        model: any ChatModel,
        wording: PromptWording = .paper,
        parameters: ChatParameters = .decomposition,
        patience: Duration? = nil
    ) {
        runner = DialogueRunner(model: model, patience: patience)
        prompt = DecompositionPrompt(wording: wording, parameters: parameters)
    }

    package func dialogue(for request: String) -> VanillaDialogue {
        VanillaDialogue(request: request, prompt: prompt)
    }

    public func decompose(_ request: String) async throws -> Decomposition {
        try await decomposition(of: request)
    }
}
