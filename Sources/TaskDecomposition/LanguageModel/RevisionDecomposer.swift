public import LanguageModels

/// Lets a language model revise the local plan, told about the skills that may do its steps (SAD+).
///
/// Like skill-aware decomposition as published, with the local plan for a draft: one call of the model instead of two,
/// descriptions beside the hints, dependencies and sources of the steps, and answers that are checked.
public struct RevisionDecomposer: DialogueDecomposer {
    public var name: String { "sad+" }

    package let runner: DialogueRunner
    private let draft: any Decomposer
    private let prompt: RevisionPrompt

    /// - Parameters:
    ///   - draft: makes the plan that is revised; it needs no model.
    ///   - counter: what the token budget is counted with.
    ///   - patience: longest time one request may wait for the model; nil leaves that to the model.
    public init(
        model: any ChatModel,
        hints: any SkillHints,
        draft: any Decomposer,
        options: RevisionOptions = RevisionOptions(),
        counter: any TokenCounter = LengthEstimate(),
        patience: Duration? = nil
    ) {
        runner = DialogueRunner(model: model, hints: hints, patience: patience)
        self.draft = draft
        prompt = RevisionPrompt(options: options, counter: counter)
    }

    package func dialogue(for request: String) async throws -> RevisionDialogue {
        RevisionDialogue(request: request, draft: try await draft.decompose(request), prompt: prompt)
    }

    /// The model's plan, or the local one where the model's is of no use.
    ///
    /// - Throws: `DecompositionError` for a request that cannot be decomposed, and what model and hints throw.
    public func decompose(_ request: String) async throws -> Decomposition {
        try await decomposition(of: request)
    }
}
