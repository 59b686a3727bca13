import LanguageModels
import SkillRetrieval

/// A decomposer with a language model that is never worse than the local one where the model is of no use.
///
/// A failed call, a timeout, and an answer that cannot be relied on (empty, declined, prose, broken off, far too long, in
/// another language) all end as the policy says. What was spent until then stays in the report.
package struct GuardedDecomposer: Decomposer {
    package var name: String { asking.name }

    private let asking: any DialogueDecomposer
    private let local: any Decomposer
    private let fallback: ModelPolicy.Fallback

    package init(_ asking: any DialogueDecomposer, local: any Decomposer, fallback: ModelPolicy.Fallback) {
        self.asking = asking
        self.local = local
        self.fallback = fallback
    }

    /// - Throws: `DecompositionError` for a request that cannot be decomposed and, without a fallback, for a model that
    ///   failed; `ChatModelError` for a recording that is missing or cannot be written, whatever the policy; what the hints
    ///   throw; `CancellationError`.
    package func decompose(_ request: String) async throws -> Decomposition {
        let attempt = try await asking.attempt(request)
        let model = asking.runner.model.name
        switch attempt.end {
        case .failed(let error):
            // Nobody who asks for a replay wants a plan of other origin, and nobody who records wants calls unrecorded.
            if error.kind == .recordingUnusable { throw error }
            return try await replacement(request, attempt.rounds.map(\.report), error.description)
        case .finished(let outcome):
            let defect = outcome.defect ?? StepLanguage.fault(in: outcome.steps.map(\.text), request: request)
            if let defect { return try await replacement(request, outcome.report.rounds, defect) }
            var decomposition = outcome.decomposition(of: request)
            decomposition.report.model = model
            return decomposition
        }
    }

    private func replacement(
        _ request: String,
        _ rounds: [DecompositionRound],
        _ reason: String
    ) async throws -> Decomposition {
        let model = asking.runner.model.name
        guard fallback == .local else { throw DecompositionError.modelFailed(model: model, reason: reason) }
        var plan = try await local.decompose(request)
        plan.report = DecompositionReport(model: model, rounds: rounds + plan.report.rounds, fallback: reason)
        plan.diagnostics.insert("\(reason); the local plan stands in for the model's", at: 0)
        return plan
    }
}
