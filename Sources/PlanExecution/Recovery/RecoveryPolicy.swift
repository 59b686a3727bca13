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
    /// Somebody has to be asked first, outside of the decision.
    case wish(CounselWish)
    case giveUp(ToolFailure)
}

/// Decides by the class of a failure: transient ones are tried again, wrong arguments repaired once by rules and once by a
/// model, everything else handed to the next candidate, and where there is none planned anew; what may have taken effect is
/// repeated only where that does no harm.
package struct RecoveryPolicy: Sendable {
    let options: RecoveryOptions
    private let offer: CounselOffer
    private let retries: RetryPolicy

    /// - Parameter offer: what can be asked of whom.
    package init(_ options: RecoveryOptions, offer: CounselOffer = CounselOffer()) {
        self.options = options
        self.offer = offer
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
        if failure.kind == .invalidInput, offer.repairs, task.counsel[.repair] == nil, tool.inputSchema != nil {
            return .wish(.repair(id, failure))
        }
        // Another tool would not know the key under which this one may have taken effect.
        if isUnknown, !hints.isIdempotent { return .ask(.unknownOutcome(of: task, failure)) }
        let substitute = substitute(for: task, failure, position, state)
        guard case .giveUp(let end) = substitute, id.element == nil, task.counsel[.replan] == nil else {
            return substitute
        }
        // Who names one tool and no candidates wants that tool.
        let isOpen = !state.definition.plan.steps[position].candidates.isEmpty || !task.abandoned.isEmpty
        let isPossible = isOpen && offer.replans && state.replannings < options.replannings
        return isPossible ? .wish(.replan(id, failure)) : .giveUp(end)
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
            if let reason = task.counsel[.replan] { failure.message += "; no other way was found (\(reason))" }
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
