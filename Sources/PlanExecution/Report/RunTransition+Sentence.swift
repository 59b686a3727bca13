import JSONSchema
import PlanComposition

extension RunTransition {
    /// What happened, for a person, on one line; text of tools in it is untrusted.
    package var sentence: String {
        switch self {
        case .driven(let by): "driven by \(by)"
        case .fannedOut(_, let count): "runs for \(count) elements"
        case .attemptStarted(let attempt): "attempt \(attempt.number): \(attempt.qualifiedName)"
        case .succeeded(_, let attempt, _, let remarks):
            "attempt \(attempt) succeeded" + (remarks.isEmpty ? "" : " (\(remarks.count) remarks)")
        case .attemptFailed(_, let attempt, let failure): "attempt \(attempt) failed: \(failure.summary)"
        case .attemptLost(_, let attempt): "attempt \(attempt) was lost: the program stopped while it was under way"
        case .retryPlanned(_, _, let because): "tries again: \(because)"
        case .repaired(_, let change):
            "arguments repaired (\(change.author)): \(change.changes.joined(separator: ", "))"
        case .fellBack(_, let fallback):
            "falls back to \(fallback.qualifiedName): \(fallback.because)"
                + (fallback.rebound.isEmpty
                    ? ""
                    : "; later steps read \(fallback.rebound.map { "\($1) for \($0)" }.sorted().joined(separator: ", "))")
                + (fallback.passedOver.isEmpty ? "" : "; passed over \(fallback.passedOver.joined(separator: "; "))")
        case .replanned(_, let replan):
            "planned anew by \(replan.author): "
                + replan.steps.map { "\($0.id) with \($0.qualifiedName ?? "nothing")" }.joined(separator: ", ")
                + ", because \(replan.because)"
        case .unadvised(_, let kind, let by, let because):
            "\(by) knows no \(kind == .repair ? "better arguments" : "other way"): \(because)"
        case .asked(_, let question): "asks: \(question.text)"
        case .answered(_, let answer, let by): "\(by) says: \(answer.word)"
        case .failed(_, let failure): "failed: \(failure.summary)"
        case .skipped(_, let reason): "skipped: \(reason.sentence)"
        case .compensationStarted(let attempt): "is taken back with \(attempt.qualifiedName)"
        case .compensated: "was taken back"
        case .compensationFailed(_, let failure, let isFinal):
            "could not be taken back\(isFinal ? "" : " yet"): \(failure.summary)"
        case .skillChanged(let skill): "the skill \(skill) changed since the run began"
        case .cancelRequested(let by): "\(by) cancelled the run"
        case .paused(let reason): reason == .waiting ? "paused: waits for a person" : "paused: interrupted"
        case .finished(let outcome): "run \(outcome.rawValue)"
        }
    }
}

extension ToolFailure {
    /// The message with its class and code.
    package var summary: String {
        "\(message) [\(kind.rawValue.replacing("_", with: " ")), \(code)\(effect == .unknown ? ", effect unknown" : "")]"
    }
}

extension RunAnswer {
    fileprivate var word: String {
        switch self {
        case .approve: "go on"
        case .deny: "do not"
        case .value(let value): ConditionEvaluation.shown(value)
        case .done: "it was done"
        }
    }
}

extension SkipReason {
    /// The reason, in words.
    package var sentence: String {
        switch self {
        case .condition(let text): text
        case .needsSkipped(let step): "it needs the result of \(step), which was skipped"
        case .needsFailed(let step): "it waits for \(step), which failed"
        case .cancelled: "the run was cancelled"
        }
    }
}
