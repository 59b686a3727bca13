import HTTPTransport
package import JSONSchema
import Observability
import PlanComposition

/// Hides secrets in everything a run keeps.
package struct SecretRedactor: Sendable {
    private let secrets: [Secret]

    /// - Parameter secrets: texts of fewer than four bytes are too common to be looked for.
    package init(_ secrets: [String] = []) {
        self.secrets = secrets.sorted { $0.utf8.count > $1.utf8.count }.map { Secret($0) }
    }

    /// Tells the telemetry of this task what it must hide too.
    func teachTelemetry() {
        let telemetry = Telemetry.current
        guard hasSecrets, telemetry.isRecording || telemetry.logger != nil else { return }
        telemetry.secrets.add(secrets.map { $0.reveal() })
    }

    var hasSecrets: Bool { !secrets.isEmpty }

    package func redacted(_ text: String) -> String { secrets.reduce(text) { $1.hidden(in: $0) } }

    package func redacted(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text): .string(redacted(text))
        case .array(let elements): .array(elements.map(redacted))
        case .object(let members): .object(redacted(members))
        default: value
        }
    }

    package func redacted(_ members: JSONObject) -> JSONObject {
        JSONObject(members.map { (redacted($0.key), redacted($0.value)) })
    }

    package func redacted(_ failure: ToolFailure) -> ToolFailure {
        var failure = failure
        failure.message = redacted(failure.message)
        return failure
    }

    /// The transition as it may be kept; without secrets it is the same.
    package func redacted(_ transition: RunTransition) -> RunTransition {
        guard !secrets.isEmpty else { return transition }
        switch transition {
        case .attemptStarted(var attempt):
            attempt.arguments = attempt.arguments.map(redacted)
            return .attemptStarted(attempt)
        case .compensationStarted(var attempt):
            attempt.arguments = attempt.arguments.map(redacted)
            return .compensationStarted(attempt)
        case .succeeded(let task, let attempt, let value, let remarks):
            return .succeeded(task, attempt: attempt, value: redacted(value), remarks: remarks.map(redacted))
        case .attemptFailed(let task, let attempt, let failure):
            return .attemptFailed(task, attempt: attempt, redacted(failure))
        case .retryPlanned(let task, let until, let because):
            return .retryPlanned(task, until: until, because: redacted(because))
        case .repaired(let task, var change):
            change.arguments = redacted(change.arguments)
            return .repaired(task, change)
        case .fellBack(let task, var fallback):
            fallback.because = redacted(fallback.because)
            return .fellBack(task, fallback)
        case .replanned(let task, var replan):
            let plan = redacted(Plan(request: "", decomposer: "", steps: replan.steps, questions: replan.questions))
            (replan.steps, replan.questions) = (plan.steps, plan.questions)
            replan.because = redacted(replan.because)
            return .replanned(task, replan)
        case .unadvised(let task, let kind, let by, let because):
            return .unadvised(task, kind, by: by, because: redacted(because))
        case .asked(let task, var question):
            (question.text, question.arguments) = (redacted(question.text), redacted(question.arguments))
            return .asked(task, question)
        case .answered(let task, .value(let value), let by):
            return .answered(task, .value(redacted(value)), by: by)
        case .answered(let task, .done(let value), let by): return .answered(task, .done(redacted(value)), by: by)
        case .failed(let task, let failure): return .failed(task, redacted(failure))
        case .compensationFailed(let task, let failure, let isFinal):
            return .compensationFailed(task, redacted(failure), isFinal: isFinal)
        default: return transition
        }
    }
}
