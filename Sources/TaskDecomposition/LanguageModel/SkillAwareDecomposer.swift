public import LanguageModels

/// Asks a language model for the steps, and again with the skills that fit its first answer (SAD).
///
/// As published in arXiv 2606.18051: two calls of the model with the default options.
public struct SkillAwareDecomposer: DialogueDecomposer {
    public var name: String { "sad" }

    package let runner: DialogueRunner
    private let options: SkillAwareOptions

    /// - Parameter patience: longest time one request may wait for the model; nil leaves that to the model.
    public init(
        model: any ChatModel,
        hints: any SkillHints,
        options: SkillAwareOptions = SkillAwareOptions(),
        patience: Duration? = nil
    ) {
        runner = DialogueRunner(model: model, hints: hints, patience: patience)
        self.options = options
    }

    package func dialogue(for request: String) -> SkillAwareDialogue {
        SkillAwareDialogue(request: request, options: options)
    }

    public func decompose(_ request: String) async throws -> Decomposition {
        try await decomposition(of: request)
    }
}
