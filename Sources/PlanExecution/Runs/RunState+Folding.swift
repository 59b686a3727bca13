import JSONSchema
import PlanComposition
import SkillCatalog

extension RunState {
    /// Takes one transition in.
    ///
    /// - Throws: `RunStoreError` of kind `damaged` for one that cannot have happened, such as an attempt at a step that the
    ///   plan does not have.
    package mutating func apply(_ entry: JournalEntry) throws(RunStoreError) {
        guard entry.sequence == sequence + 1 else {
            throw .damaged(run: definition.id, "entry \(entry.sequence) follows entry \(sequence)")
        }
        sequence = entry.sequence
        switch entry.transition {
        case .driven(let by): (drivenAt, lastDriver, pause) = (entry.at, by, nil)
        case .fannedOut(let step, let count):
            let position = try position(of: step)
            steps[position].count = count
            if count == 0 { settle(position) }
        case .attemptStarted(let attempt): try start(attempt, at: entry.at)
        case .succeeded(let task, _, let value, _): try succeed(task, value)
        case .attemptFailed(let task, _, let failure): try end(task, failure)
        case .attemptLost(let task, let attempt): try end(task, .lost(attempt: attempt))
        case .retryPlanned(let task, let until, _): try wait(task, until: until)
        case .repaired(let task, let change):
            try update(task) {
                ($0.arguments, $0.tries, $0.phase) = (change.arguments, 0, .ready)
                if change.isByRules { $0.isRepaired = true } else { $0.counsel[.repair] = change.author }
            }
        case .unadvised(let task, let kind, _, let because): try update(task) { $0.counsel[kind] = because }
        case .replanned(let task, let replan): try self.replan(task, replan)
        case .fellBack(let task, let fallback): try fallBack(task, fallback)
        case .asked(let task, let question):
            try update(task) { $0.phase = .asking(question) }
            wait(try position(of: task.step), at: entry.at)
        case .answered(let task, let answer, _):
            try take(answer, to: task)
            wait(try position(of: task.step), at: entry.at)
        case .failed(let task, let failure):
            try fail(task, failure)
            wait(try position(of: task.step), at: entry.at)
        case .skipped(let task, let reason):
            try skip(task, reason)
            wait(try position(of: task.step), at: entry.at)
        case .compensationStarted(let attempt):
            compensation.hasBegun = true
            compensation.tries += 1
            compensation.phase = .running(attempt: attempt.number)
        case .compensated: compensation.settleLast()
        case .compensationFailed(_, let failure, let isFinal):
            if isFinal { compensation.settleLast() } else { compensation.phase = .undecided(failure) }
        case .skillChanged(let skill): changedSkills.insert(skill)
        case .cancelRequested: isCancelling = true
        case .paused(let reason): pause = reason
        case .finished(let outcome): self.outcome = outcome
        }
    }

    private func position(of step: String) throws(RunStoreError) -> Int {
        guard let position = graph.positions[step] else {
            throw .damaged(run: definition.id, "it speaks of the step \(step), which the plan does not have")
        }
        return position
    }

    /// Changes a task, beginning it where it was not begun.
    private mutating func update(_ task: TaskID, _ change: (inout TaskState) -> Void) throws(RunStoreError) {
        let position = try position(of: task.step)
        let element = task.element ?? 0
        guard element >= 0, element < steps[position].count ?? 0 else {
            throw .damaged(run: definition.id, "it speaks of \(task), which is not among the step's elements")
        }
        var state = steps[position].active[element] ?? TaskState(planned: definition.plan.steps[position])
        let before = state
        change(&state)
        note(before, state)
        steps[position].active[element] = state
        steps[position].nextElement = max(steps[position].nextElement, element + 1)
    }

    /// The time in which a person is waited for is not the step's.
    private mutating func wait(_ position: Int, at now: RunTime) {
        let isAsking = steps[position].active.values.contains { if case .asking = $0.phase { true } else { false } }
        if isAsking {
            steps[position].askedAt = steps[position].askedAt ?? now
        } else if let since = steps[position].askedAt {
            steps[position].startedAt = steps[position].startedAt?.advanced(by: since.duration(to: now))
            steps[position].askedAt = nil
        }
    }

    /// Keeps the counts of running attempts in step.
    private mutating func note(_ before: TaskState?, _ after: TaskState?) {
        if let before, case .running = before.phase {
            running -= 1
            runningByTool[before.qualifiedName, default: 1] -= 1
        }
        if let after, case .running = after.phase {
            running += 1
            runningByTool[after.qualifiedName, default: 0] += 1
        }
    }

    private mutating func start(_ attempt: RunAttempt, at time: RunTime) throws(RunStoreError) {
        try update(attempt.task) { state in
            state.arguments = attempt.arguments ?? state.arguments
            state.attempts = attempt.number
            state.tries += 1
            state.mayRepeat = false
            state.phase = .running(attempt: attempt.number)
        }
        let position = try position(of: attempt.task.step)
        if steps[position].startedAt == nil { steps[position].startedAt = time }
    }

    private mutating func end(_ task: TaskID, _ failure: ToolFailure) throws(RunStoreError) {
        if case .running = compensation.phase {
            compensation.phase = .undecided(failure)
        } else {
            try update(task) { state in
                // Being stopped from outside does not count against the tool.
                if failure.kind == .cancelled || failure.code == "lost" { state.tries -= 1 }
                state.phase = .undecided(failure)
            }
        }
    }

    private mutating func wait(_ task: TaskID, until: RunTime) throws(RunStoreError) {
        if compensation.hasBegun {
            compensation.phase = .retrying(until: until)
        } else {
            try update(task) { $0.phase = .retrying(until: until) }
        }
    }

    private mutating func fallBack(_ task: TaskID, _ fallback: RunFallback) throws(RunStoreError) {
        try update(task) { state in
            state.abandoned.append(state.qualifiedName)
            (state.skill, state.tool) = (fallback.skill, fallback.tool)
            (state.template, state.arguments) = (fallback.arguments, nil)
            (state.tries, state.isRepaired, state.phase) = (0, false, .ready)
            state.counsel[.repair] = nil
            state.fallbacks += 1
            state.rebound = fallback.rebound
        }
        let position = try position(of: task.step)
        steps[position].fallback = steps[position].fallback ?? fallback.qualifiedName
        if steps[position].isSingle { steps[position].rebound = fallback.rebound }
    }

    private mutating func take(_ answer: RunAnswer, to task: TaskID) throws(RunStoreError) {
        let position = try position(of: task.step)
        guard let state = steps[position].active[task.element ?? 0], case .asking(let question) = state.phase else {
            // Somebody else was faster.
            return
        }
        switch answer {
        case .deny: try update(task) { $0.phase = .undecided(.denied(question)) }
        case .done(let value): try succeed(task, value)
        case .value(let value):
            try update(task) { state in
                state.answers[question.argument ?? ""] = value
                state.phase = .ready
            }
        case .approve:
            if question.kind == .changedSkill {
                changedSkills.remove(state.skill)
                acceptedSkills.insert(state.skill)
            }
            try update(task) { state in
                switch question.kind {
                case .approval: state.approved = ApprovedCall(tool: question.tool, arguments: question.arguments)
                case .unknownOutcome: (state.mayRepeat, state.tries) = (true, 0)
                case .changedSkill, .argument: break
                }
                state.phase = .ready
            }
        }
    }
}

extension TaskState {
    init(planned step: PlanStep) { self.init(skill: step.skill ?? "", tool: step.tool ?? "") }
}

// MARK: - Settling

extension RunState {
    private mutating func succeed(_ task: TaskID, _ value: JSONValue) throws(RunStoreError) {
        let position = try position(of: task.step)
        let element = task.element ?? 0
        if let state = steps[position].active[element], definition.options.onFailure == .compensate,
            definition.tool(state.tool, of: state.skill)?.compensation != nil
        {
            compensation.calls.append(
                CompensationState.Call(
                    task: task,
                    skill: state.skill,
                    tool: state.tool,
                    arguments: state.arguments ?? [:],
                    result: value
                )
            )
        }
        let rebound = steps[position].isSingle ? [:] : steps[position].active[element]?.rebound ?? [:]
        steps[position].values[element] = value.showing(rebound)
        try settle(task)
    }

    private mutating func fail(_ task: TaskID, _ failure: ToolFailure) throws(RunStoreError) {
        let position = try position(of: task.step)
        steps[position].failure = steps[position].failure ?? failure
        try settle(task)
    }

    private mutating func skip(_ task: TaskID, _ reason: SkipReason) throws(RunStoreError) {
        let position = try position(of: task.step)
        steps[position].skip = steps[position].skip ?? reason
        try settle(task)
    }

    private mutating func settle(_ task: TaskID) throws(RunStoreError) {
        let position = try position(of: task.step)
        guard steps[position].end == nil else { return }
        let isWhole = task.element == nil
        if isWhole || steps[position].isSingle {
            steps[position].active.values.forEach { note($0, nil) }
            steps[position].active = [:]
            return settle(position)
        }
        let element = task.element ?? 0
        note(steps[position].active.removeValue(forKey: element), nil)
        steps[position].nextElement = max(steps[position].nextElement, element + 1)
        steps[position].settled += 1
        if steps[position].settled == steps[position].count { settle(position) }
    }

    /// Ends a step, lets the steps behind it go on, and drops results nobody needs any more.
    private mutating func settle(_ position: Int) {
        if let failure = steps[position].failure {
            steps[position].end = .failed(failure)
            hasFailed = true
        } else if let skip = steps[position].skip, steps[position].values.isEmpty {
            steps[position].end = .skipped(skip)
        } else {
            steps[position].end = .succeeded
        }
        unsettled -= 1
        open.remove(position)
        for dependant in graph.dependants[position] {
            steps[dependant].waitsFor -= 1
            if steps[dependant].waitsFor == 0, steps[dependant].end == nil { open.insert(dependant) }
        }
        for source in graph.sources[position] {
            steps[source].usesLeft -= 1
            if steps[source].usesLeft == 0 { steps[source].values = [:] }
        }
    }
}

extension JSONValue {
    /// The value with what stands at the new places at the old ones too, where these are members of it.
    fileprivate func showing(_ rebound: [String: String]) -> JSONValue {
        guard !rebound.isEmpty, var members = objectValue else { return self }
        for (old, new) in rebound {
            guard let tokens = JSONPointer(old)?.tokens, tokens.count == 1, let place = JSONPointer(new) else {
                continue
            }
            members[tokens[0]] = self[place] ?? members[tokens[0]]
        }
        return .object(members)
    }
}
