public import LanguageModels

/// Asks a language model for the steps, without telling it which skills there are.
public struct VanillaDecomposer: DialogueDecomposer {
    /// `vanilla`, or `oracle-k` where the model is told how many steps there are.
    public var name: String { stepCount == nil ? "vanilla" : "oracle-k" }

    package let runner: DialogueRunner
    private let prompt: DecompositionPrompt
    private let stepCount: Int?

    /// - Parameters:
    ///   - stepCount: how many steps the model is told to make; nil leaves that to the model.
    ///   - patience: longest time one request may wait for the model; nil leaves that to the model.
    public init(
        model: any ChatModel,
        wording: PromptWording = .paper,
        parameters: ChatParameters = .decomposition,
        stepCount: Int? = nil,
        patience: Duration? = nil
    ) {
        runner = DialogueRunner(model: model, patience: patience)
        prompt = DecompositionPrompt(wording: wording, parameters: parameters)
        self.stepCount = stepCount.map { min(max($0, 1), DecompositionLimits.maximumSteps) }
    }

    package func dialogue(for request: String) -> VanillaDialogue {
        VanillaDialogue(request: request, stepCount: stepCount, prompt: prompt)
    }

    public func decompose(_ request: String) async throws -> Decomposition {
        try await decomposition(of: request)
    }
}
