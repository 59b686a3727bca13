import LanguageModels
import SkillRetrieval

/// A decomposer whose work is a dialogue with a language model.
///
/// The dialogue alone is what an offline batch needs; with a model it is a decomposer like any other.
package protocol DialogueDecomposer: Decomposer {
    associatedtype Dialogue: DecompositionDialogue

    var runner: DialogueRunner { get }

    /// The dialogue about one request, before its first reply.
    func dialogue(for request: String) async throws -> Dialogue
}

extension DialogueDecomposer {
    /// Holds the dialogue with the model; everything it did is in the outcome.
    ///
    /// - Throws: `DecompositionError` for a request that cannot be decomposed, and what model and hints throw.
    package func outcome(for request: String) async throws -> DialogueOutcome {
        try DecompositionError.check(request)
        return try await runner.run(dialogue(for: request))
    }

    /// Holds the dialogue as far as the model goes along.
    ///
    /// - Throws: `DecompositionError` for a request that cannot be decomposed, what the hints throw, and
    ///   `CancellationError`.
    package func attempt(_ request: String) async throws -> DialogueAttempt {
        try DecompositionError.check(request)
        return try await runner.attempt(dialogue(for: request))
    }

    /// The outcome as any decomposer returns it, whatever it is worth.
    package func decomposition(of request: String) async throws -> Decomposition {
        var decomposition = try await outcome(for: request).decomposition(of: request)
        decomposition.report.model = runner.model.name
        return decomposition
    }
}
