/// A decomposer whose work is a dialogue with a language model.
///
/// The dialogue alone is what an offline batch needs; with a model it is a decomposer like any other.
package protocol DialogueDecomposer: Decomposer {
    associatedtype Dialogue: DecompositionDialogue

    var runner: DialogueRunner { get }

    /// The dialogue about one request, before its first reply.
    func dialogue(for request: String) -> Dialogue
}

extension DialogueDecomposer {
    /// Holds the dialogue with the model; everything it did is in the outcome.
    ///
    /// - Throws: `DecompositionError` for a request that cannot be decomposed, and what model and hints throw.
    package func outcome(for request: String) async throws -> DialogueOutcome {
        try DecompositionError.check(request)
        return try await runner.run(dialogue(for: request))
    }
}
