import HTTPTransport
import JSONSchema
import PlanComposition
import SkillCatalog

/// What is done about an attempt that failed.
package enum Remedy: Sendable, Hashable {
    case retry(until: RunTime, because: String)
    case repair(ArgumentChange)
    case fallBack(RunFallback)
    case ask(RunQuestion)
    case giveUp(ToolFailure)
}

/// Decides by the class of a failure: transient ones are tried again, wrong arguments repaired once, everything else handed
/// to the next candidate; what may have taken effect is repeated only where that does no harm.
package struct RecoveryPolicy: Sendable {
    let options: RecoveryOptions
    private let retries: RetryPolicy

    package init(_ options: RecoveryOptions) {
        self.options = options
        retries = RetryPolicy(
            attempts: options.attempts,
            baseDelay: options.baseDelay,
            maximumDelay: options.maximumDelay,
            maximumRetryAfter: options.maximumRetryAfter
        )
    }

    /// - Parameter position: the step of the task in the plan.
    package func remedy(
        for failure: ToolFailure,
        of task: TaskState,
        named id: TaskID,
        position: Int,
        in state: RunState,
        at now: RunTime
    ) -> Remedy {
        guard let tool = state.definition.tool(task.tool, of: task.skill) else { return .giveUp(failure) }
        let hints = tool.annotations
        if failure.kind == .policy { return .giveUp(failure) }
        let isUnknown = failure.effect == .unknown
        if isUnknown, !hints.isRepeatable { return .ask(.unknownOutcome(of: task, failure)) }
        if failure.kind == .cancelled || failure.code == "lost" {
            // It was stopped from outside; that says nothing against the tool.
            return .retry(until: now, because: failure.message)
        }
        guard options.isEnabled else { return .giveUp(failure) }
        if failure.kind == .transient {
            var random = JitterSource(seed: state.definition.options.seed ?? 0, id, attempt: task.attempts)
            let delay = retries.delay(afterAttempt: task.tries, retryAfter: failure.retryAfter, using: &random)
            if let delay { return .retry(until: now.advanced(by: delay), because: failure.message) }
        }
        if failure.kind == .invalidInput, !task.isRepaired, let schema = tool.inputSchema,
            let change = ArgumentRepair.repaired(task.arguments ?? [:], for: schema)
        {
            return .repair(change)
        }
        // Another tool would not know the key under which this one may have taken effect.
        if isUnknown, !hints.isIdempotent { return .ask(.unknownOutcome(of: task, failure)) }
        return substitute(for: task, failure, position, state)
    }

    /// The next candidate, or the end.
    func substitute(for task: TaskState, _ failure: ToolFailure, _ position: Int, _ state: RunState) -> Remedy {
        guard options.isEnabled else { return .giveUp(failure) }
        let because = task.tries > 1 ? "\(failure.message) (\(task.tries) attempts)" : failure.message
        switch FallbackChoice(state, position: position).next(after: task, because: because) {
        case .found(let fallback): return .fallBack(fallback)
        case .none(let passedOver):
            var failure = failure
            if !passedOver.isEmpty {
                failure.message += "; no other tool takes over (\(passedOver.joined(separator: "; ")))"
            }
            return .giveUp(failure)
        }
    }
}

extension RunQuestion {
    /// Nobody knows whether a call took effect.
    static func unknownOutcome(of task: TaskState, _ failure: ToolFailure) -> RunQuestion {
        RunQuestion(
            kind: .unknownOutcome,
            text: "\(task.qualifiedName) may have taken effect: \(failure.message). Call it again?",
            tool: task.qualifiedName,
            arguments: task.arguments ?? [:]
        )
    }
}
