public import JSONSchema

extension RunTransition {
    /// The transition as the journal and `run --json` write it: `{"kind": …, "step": …, "element": …, …}`.
    public var json: JSONValue { .object(members) }

    /// A stable word for programs.
    public var kind: String { kindWord.rawValue }

    enum KindWord: String {
        case driven, fannedOut = "fanned_out", attemptStarted = "attempt_started", succeeded
        case attemptFailed = "attempt_failed", attemptLost = "attempt_lost", retryPlanned = "retry_planned", repaired
        case fellBack = "fell_back", asked, answered, failed, skipped, compensationStarted = "compensation_started"
        case compensated, compensationFailed = "compensation_failed", skillChanged = "skill_changed"
        case cancelRequested = "cancel_requested", paused, finished, replanned, unadvised
    }

    private var kindWord: KindWord {
        switch self {
        case .driven: .driven
        case .fannedOut: .fannedOut
        case .attemptStarted: .attemptStarted
        case .succeeded: .succeeded
        case .attemptFailed: .attemptFailed
        case .attemptLost: .attemptLost
        case .retryPlanned: .retryPlanned
        case .repaired: .repaired
        case .fellBack: .fellBack
        case .replanned: .replanned
        case .unadvised: .unadvised
        case .asked: .asked
        case .answered: .answered
        case .failed: .failed
        case .skipped: .skipped
        case .compensationStarted: .compensationStarted
        case .compensated: .compensated
        case .compensationFailed: .compensationFailed
        case .skillChanged: .skillChanged
        case .cancelRequested: .cancelRequested
        case .paused: .paused
        case .finished: .finished
        }
    }

    /// The task it is about; nil for one about a step as a whole or the run.
    public var task: TaskID? {
        switch self {
        case .attemptStarted(let attempt), .compensationStarted(let attempt): attempt.task
        case .succeeded(let task, _, _, _), .attemptFailed(let task, _, _), .attemptLost(let task, _),
            .retryPlanned(let task, _, _), .repaired(let task, _), .fellBack(let task, _), .asked(let task, _),
            .answered(let task, _, _), .failed(let task, _), .skipped(let task, _), .compensated(let task),
            .compensationFailed(let task, _, _), .replanned(let task, _), .unadvised(let task, _, _, _):
            task
        case .fannedOut(let step, _): TaskID(step: step)
        case .driven, .skillChanged, .cancelRequested, .paused, .finished: nil
        }
    }

    private var members: JSONObject {
        var members: JSONObject = ["kind": .string(kind)]
        if let task {
            members["step"] = .string(task.step)
            members["element"] = task.element.map { JSONValue($0) }
        }
        switch self {
        case .driven(let by), .cancelRequested(let by): members["by"] = .string(by)
        case .fannedOut(_, let count): members["count"] = JSONValue(count)
        case .attemptStarted(let attempt), .compensationStarted(let attempt): attempt.write(to: &members)
        case .succeeded(_, let attempt, let value, let remarks):
            members["attempt"] = JSONValue(attempt)
            members["value"] = value
            if !remarks.isEmpty { members["remarks"] = JSONValue(remarks) }
        case .attemptFailed(_, let attempt, let failure):
            members["attempt"] = JSONValue(attempt)
            members["failure"] = failure.json
        case .attemptLost(_, let attempt): members["attempt"] = JSONValue(attempt)
        case .retryPlanned(_, let until, let because):
            members["until"] = .integer(until.milliseconds)
            members["because"] = .string(because)
        case .repaired(_, let change):
            members["arguments"] = .object(change.arguments)
            members["changes"] = JSONValue(change.changes)
            members["by"] = .string(change.author)
        case .fellBack(_, let fallback): fallback.write(to: &members)
        case .replanned(_, let replan): replan.write(to: &members)
        case .unadvised(_, let kind, let by, let because):
            members["about"] = .string(kind.rawValue)
            members["by"] = .string(by)
            members["because"] = .string(because)
        case .asked(_, let question): members["question"] = question.json
        case .answered(_, let answer, let by):
            answer.write(to: &members)
            members["by"] = .string(by)
        case .failed(_, let failure): members["failure"] = failure.json
        case .skipped(_, let reason): reason.write(to: &members)
        case .compensated: break
        case .compensationFailed(_, let failure, let isFinal):
            members["failure"] = failure.json
            members["final"] = .bool(isFinal)
        case .skillChanged(let skill): members["skill"] = .string(skill)
        case .paused(let reason): members["reason"] = .string(reason.rawValue)
        case .finished(let outcome): members["outcome"] = .string(outcome.rawValue)
        }
        return members
    }
}

extension RunAttempt {
    fileprivate func write(to members: inout JSONObject) {
        members["attempt"] = JSONValue(number)
        members["skill"] = .string(skill)
        members["tool"] = .string(tool)
        members["arguments"] = arguments.map(JSONValue.object)
        members["worker"] = worker.map(JSONValue.string)
    }
}

extension RunFallback {
    fileprivate func write(to members: inout JSONObject) {
        members["skill"] = .string(skill)
        members["tool"] = .string(tool)
        members["arguments"] = .object(arguments)
        if !rebound.isEmpty {
            let pairs = rebound.sorted { $0.key < $1.key }.map { ($0.key, JSONValue.string($0.value)) }
            members["rebound"] = .object(JSONObject(pairs))
        }
        members["because"] = .string(because)
        if !passedOver.isEmpty { members["passed_over"] = JSONValue(passedOver) }
    }
}

extension RunAnswer {
    fileprivate func write(to members: inout JSONObject) {
        switch self {
        case .approve: members["answer"] = "approve"
        case .deny: members["answer"] = "deny"
        case .value(let value):
            members["answer"] = "value"
            members["value"] = value
        case .done(let value):
            members["answer"] = "done"
            members["value"] = value
        }
    }
}

extension SkipReason {
    fileprivate func write(to members: inout JSONObject) {
        switch self {
        case .condition(let text):
            members["why"] = "condition"
            members["text"] = .string(text)
        case .needsSkipped(let step):
            members["why"] = "needs_skipped"
            members["needs"] = .string(step)
        case .needsFailed(let step):
            members["why"] = "needs_failed"
            members["needs"] = .string(step)
        case .cancelled: members["why"] = "cancelled"
        }
    }
}

extension RunQuestion {
    /// `{"kind","text","tool","argument","arguments"}`.
    public var json: JSONValue {
        var members: JSONObject = ["kind": .string(kind.rawValue), "text": .string(text), "tool": .string(tool)]
        members["argument"] = argument.map(JSONValue.string)
        members["arguments"] = .object(arguments)
        return .object(members)
    }
}

extension ToolFailure {
    /// `{"kind","code","message","effect"?,"retry_after_ms"?}`.
    public var json: JSONValue {
        var members: JSONObject = [
            "kind": .string(kind.rawValue), "code": .string(code), "message": .string(message),
        ]
        if effect != .none { members["effect"] = .string(effect.rawValue) }
        members["retry_after_ms"] = retryAfter.map { .integer($0.wholeMilliseconds) }
        return .object(members)
    }
}
