import JSONSchema
import SkillCatalog

/// Drives one run: appends what its decider decides, then does it, until the run ends or somebody has to be waited for.
///
/// Nothing takes effect before the journal has it. What becomes due together is appended together: in a chain, the end of
/// one step and the beginning of the next are one write.
package actor RunExecutor {
    /// Asks the person in front of the program; nil where there is no answer now.
    package typealias Prompter = @Sendable (OpenQuestion) async -> RunAnswer?

    private enum Message: Sendable {
        case ended(RunAttempt, Result<ToolResult, ToolFailure>, isCompensation: Bool)
        case answered(OpenQuestion, RunAnswer?)
        case counselled(CounselWish, CounselAnswer)
        /// Time has passed, or somebody else may have written to the journal.
        case tick, poll
        case interrupted
    }

    private let store: any RunStore
    private let invoker: any ToolInvoker
    private let owner: String
    private let clock: any RunClock
    private var decider: RunDecider
    private let counsel: RunCounsel
    private let redactor: SecretRedactor
    private let prompter: Prompter?
    private let pollInterval: Duration
    /// Where the span of this drive is noted for the next; nil for nowhere.
    private let trace: RunTraceFile?
    /// Called with the sequence of the last entry whenever the journal has grown.
    private let onCommit: @Sendable (Int) -> Void

    private let mailbox = Mailbox<Message>()
    private var state: RunState
    private let breakers: BreakerBoard
    /// Folded in and not yet written.
    private var batch: [RunTransition] = []
    private var batchTime: RunTime?
    private var isInterrupted = false
    private var isPrompting = false
    /// Questions the person in front of the program left open.
    private var leftOpen: Set<TaskID> = []
    /// What somebody is being asked.
    private var wishes: Set<CounselWish> = []
    private var timer: RunTime?
    private var hasPoll = false

    /// - Parameters:
    ///   - state: of a run that this process has the right to drive.
    ///   - owner: who drives it, for the journal.
    ///   - counsel: whom to ask when the run's own rules are at an end.
    ///   - breakers: shared by the runs of a process.
    ///   - prompter: nil where nobody can be asked; the run then pauses.
    ///   - results: the folder of the run's results.
    ///   - pollInterval: how often the journal is looked at for what others wrote while attempts are under way.
    package init(
        _ state: RunState,
        store: any RunStore,
        invoker: any ToolInvoker,
        owner: String = "skillweaver",
        clock: any RunClock = SystemRunClock(),
        redactor: SecretRedactor = SecretRedactor(),
        counsel: RunCounsel = RunCounsel(),
        breakers: BreakerBoard = BreakerBoard(),
        prompter: Prompter? = nil,
        pollInterval: Duration = .milliseconds(500),
        results: String? = nil,
        onCommit: @escaping @Sendable (Int) -> Void = { _ in }
    ) {
        self.state = state
        self.store = store
        self.invoker = invoker
        self.owner = owner
        self.clock = clock
        var decider = RunDecider()
        decider.offer = counsel.offer
        decider.server = { invoker.server(of: $0, of: $1) }
        self.decider = decider
        self.counsel = counsel
        self.redactor = redactor
        self.prompter = prompter
        self.pollInterval = pollInterval
        trace = results.map { RunTraceFile(results: $0) }
        self.onCommit = onCommit
        self.breakers = breakers
    }

    /// Drives the run as far as it goes. Cancelling the task stops the attempts under way and pauses the run.
    ///
    /// - Parameter commands: what to append before anything else, such as a person's answers.
    /// - Returns: the state in which it is left: finished, or paused.
    /// - Throws: `RunStoreError` when the journal cannot be written; what it holds is safe, and the run can be resumed.
    package func drive(_ commands: [RunTransition] = []) async throws(RunStoreError) -> RunState {
        guard state.outcome == nil else { return state }
        return try await RunTelemetry.measuring(state, trace: trace) { () async throws(RunStoreError) -> RunState in
            try await driveOn(commands)
        }
    }

    private func driveOn(_ commands: [RunTransition]) async throws(RunStoreError) -> RunState {
        try record(.driven(by: owner))
        for (task, attempt) in state.runningAttempts { try record(.attemptLost(task, attempt: attempt)) }
        for command in commands { try record(command) }
        let failure: RunStoreError? = await withTaskCancellationHandler {
            await withDiscardingTaskGroup { group in
                do throws(RunStoreError) {
                    try await loop(&group)
                    group.cancelAll()
                    return nil
                } catch {
                    await rescue(&group, error)
                    return error
                }
            }
        } onCancel: {
            mailbox.post(.interrupted)
        }
        if let failure { throw failure }
        return state
    }

    private func loop(_ group: inout DiscardingTaskGroup) async throws(RunStoreError) {
        while true {
            let (wakeAt, wanted) = try decide()
            guard try await commit(&group) else { continue }
            if state.outcome != nil || state.pause != nil { return }
            if state.isCancelling { group.cancelAll() }
            for wish in wanted where !isInterrupted { ask(wish, &group) }
            let isAsking = !isInterrupted && prompt(&group)
            if isIdle, isInterrupted {
                try record(.paused(.interrupted))
            } else if isIdle, wakeAt == nil, !isAsking {
                // Without an open question this cannot be; it is better to stop than to wait for nothing.
                try record(.paused(state.openQuestions.isEmpty ? .interrupted : .waiting))
            } else {
                if let wakeAt, !isInterrupted { wake(at: wakeAt, &group) }
                poll(&group)
                for message in await mailbox.take() { try await handle(message, &group) }
            }
        }
    }

    /// No attempt is under way.
    private var isIdle: Bool {
        if case .running = state.compensation.phase { return false }
        return state.running == 0 && wishes.isEmpty
    }

    /// Decides until nothing more is to be decided; returns when to look again, and what somebody is to be asked.
    private func decide() throws(RunStoreError) -> (RunTime?, [CounselWish]) {
        guard !isInterrupted, state.pause == nil else { return (nil, []) }
        decider.offer.asking = wishes
        while true {
            let decision = decider.decide(
                state,
                at: clock.now,
                monotonic: clock.monotonic,
                breakers: breakers
            )
            guard !decision.transitions.isEmpty else { return (decision.wakeAt, decision.wishes) }
            for transition in decision.transitions { try record(transition) }
        }
    }

    /// Folds a transition in, to be written with the next commit.
    private func record(_ transition: RunTransition) throws(RunStoreError) {
        let transition = redactor.redacted(transition)
        let time = batchTime ?? clock.now
        batchTime = time
        try state.apply(JournalEntry(sequence: state.sequence + 1, at: time, transition: transition))
        batch.append(transition)
    }

    /// Writes what was folded in, then starts the attempts it speaks of.
    ///
    /// - Returns: false when somebody else wrote in between, so that everything is to be decided anew.
    private func commit(_ group: inout DiscardingTaskGroup) async throws(RunStoreError) -> Bool {
        guard !batch.isEmpty else { return true }
        let written = batch
        let phase = written.contains(where: \.changesPhase) ? state.phase : nil
        do throws(RunStoreError) {
            try await store.append(
                written,
                to: state.definition.id,
                after: state.sequence - written.count,
                at: batchTime ?? clock.now,
                phase: phase
            )
        } catch  where error.kind == .conflict {
            try await reload()
            return false
        }
        (batch, batchTime) = ([], nil)
        onCommit(state.sequence)
        for transition in written {
            transition.count()
            switch transition {
            case .attemptStarted(let attempt): start(attempt, isCompensation: false, &group)
            case .compensationStarted(let attempt): start(attempt, isCompensation: true, &group)
            default: break
            }
        }
        return true
    }

    /// Takes in what somebody else wrote; facts stay, decisions are made anew.
    private func reload() async throws(RunStoreError) {
        let facts = batch.filter(\.isFact)
        for case .attemptStarted(let attempt) in batch {
            if let call = decider.guarded(attempt, in: state) { breakers.abandon(call, at: clock.monotonic) }
        }
        (batch, batchTime) = ([], nil)
        state = try await store.state(of: state.definition.id)
        for fact in facts { try record(fact) }
    }

    private func handle(_ message: Message, _ group: inout DiscardingTaskGroup) async throws(RunStoreError) {
        switch message {
        case .ended(let attempt, let result, let isCompensation):
            try take(result, of: attempt, isCompensation: isCompensation)
        case .answered(let open, let answer):
            isPrompting = false
            if let answer {
                try record(.answered(open.task, answer, by: owner))
            } else {
                leftOpen.insert(open.task)
            }
        case .counselled(let wish, let answer):
            wishes.remove(wish)
            let report = CounselReport(wish: wish, answer: answer)
            if let transition = state.transition(for: report) { try record(transition) }
        case .tick: timer = nil
        case .poll:
            hasPoll = false
            // What is not written yet would have to follow what others wrote; the commit notices them.
            guard batch.isEmpty else { return }
            let news = try await store.entries(of: state.definition.id, after: state.sequence, limit: 1_000)
            for entry in news { try state.apply(entry) }
            if !news.isEmpty { onCommit(state.sequence) }
        case .interrupted:
            isInterrupted = true
            group.cancelAll()
        }
    }

    private func take(
        _ result: Result<ToolResult, ToolFailure>,
        of attempt: RunAttempt,
        isCompensation: Bool
    ) throws(RunStoreError) {
        let failure: ToolFailure? = if case .failure(let failure) = result { failure } else { nil }
        if let call = decider.guarded(attempt, in: state) { breakers.record(failure, of: call, at: clock.monotonic) }
        switch (result, isCompensation) {
        case (.success(let result), false):
            try record(
                .succeeded(attempt.task, attempt: attempt.number, value: result.value, remarks: result.remarks)
            )
        case (.success, true): try record(.compensated(attempt.task))
        case (.failure(let failure), false):
            try record(.attemptFailed(attempt.task, attempt: attempt.number, failure))
        case (.failure(let failure), true):
            try record(.compensationFailed(attempt.task, failure, isFinal: false))
        }
    }

    /// The journal cannot be written: attempts under way end by themselves, and what they brought is offered once more.
    private func rescue(_ group: inout DiscardingTaskGroup, _ error: RunStoreError) async {
        guard error.kind == .diskFull else { return group.cancelAll() }
        let facts = batch.filter(\.isFact)
        // Attempts that were decided and never written have not begun.
        guard let known = try? await store.state(of: state.definition.id) else { return group.cancelAll() }
        (batch, batchTime) = ([], nil)
        state = known
        for fact in facts { try? record(fact) }
        while state.running > 0, !isInterrupted {
            for message in await mailbox.take() { try? await handle(message, &group) }
        }
        group.cancelAll()
        guard !batch.isEmpty else { return }
        try? await store.append(
            batch,
            to: state.definition.id,
            after: state.sequence - batch.count,
            at: clock.now,
            phase: .interrupted
        )
    }
}

// MARK: - Children of the run's task group

extension RunExecutor {
    private func start(_ attempt: RunAttempt, isCompensation: Bool, _ group: inout DiscardingTaskGroup) {
        guard let skill = state.definition.skills[attempt.skill], let tool = skill.tool(named: attempt.tool) else {
            let failure = ToolFailure(
                .permanent,
                code: "unknown-tool",
                "the run does not know the tool \(attempt.qualifiedName)"
            )
            return mailbox.post(.ended(attempt, .failure(failure), isCompensation: isCompensation))
        }
        let run = state.definition.id
        let known = isCompensation ? nil : state.arguments(of: attempt.task)
        var call = ToolCall(
            skill: skill,
            tool: tool,
            arguments: attempt.arguments ?? known ?? [:],
            idempotencyKey: isCompensation
                ? IdempotencyKey.ofCompensation(attempt.task, in: run) : IdempotencyKey.of(attempt.task, in: run),
            limits: CallLimits(deadline: state.remainingTime(for: attempt.task, at: clock.now))
        )
        call.rules = state.definition.approvalRules
        group.addTask { [mailbox, invoker, call] in
            let result = await ToolCallTelemetry.measuring(call, attempt.said(of: run)) {
                await AttemptCall(call: call, invoker: invoker).perform()
            }
            mailbox.post(.ended(attempt, result, isCompensation: isCompensation))
        }
    }

    /// Asks somebody, where nobody is being asked yet.
    private func ask(_ wish: CounselWish, _ group: inout DiscardingTaskGroup) {
        guard wishes.insert(wish).inserted else { return }
        group.addTask { [mailbox, counsel, state, invoker] in
            let answer = await counsel.answer(wish, of: state) { invoker.canInvoke($0, of: $1) }
            mailbox.post(.counselled(wish, answer))
        }
    }

    /// Looks again at that time, or before.
    private func wake(at time: RunTime, _ group: inout DiscardingTaskGroup) {
        guard timer.map({ time < $0 }) ?? true else { return }
        timer = time
        group.addTask { [mailbox, clock] in
            guard (try? await clock.sleep(until: time)) != nil else { return }
            mailbox.post(.tick)
        }
    }

    /// Looks at the journal for what others write, while something is under way.
    private func poll(_ group: inout DiscardingTaskGroup) {
        guard !hasPoll, !isInterrupted else { return }
        hasPoll = true
        group.addTask { [mailbox, pollInterval] in
            guard (try? await Task.sleep(for: pollInterval)) != nil else { return }
            mailbox.post(.poll)
        }
    }

    /// Asks the person in front of the program the first open question; false where there is none to ask, or nobody.
    private func prompt(_ group: inout DiscardingTaskGroup) -> Bool {
        guard !isPrompting else { return true }
        guard let prompter, let open = state.openQuestions.first(where: { !leftOpen.contains($0.task) }) else {
            return false
        }
        isPrompting = true
        group.addTask { [mailbox] in
            mailbox.post(.answered(open, await prompter(open)))
        }
        return true
    }
}

extension RunState {
    /// What the task's tool is called with.
    func arguments(of task: TaskID) -> JSONObject? {
        graph.positions[task.step].flatMap { steps[$0].active[task.element ?? 0]?.arguments }
    }

    /// How long an attempt may take: until its own deadline, its step's, or the run's.
    func remainingTime(for task: TaskID, at now: RunTime) -> Duration {
        let limits = definition.options.limits
        let start = graph.positions[task.step].flatMap { steps[$0].startedAt }
        let ends = [
            limits.stepDeadline.flatMap { limit in start?.advanced(by: limit) },
            limits.runDeadline.flatMap { limit in drivenAt?.advanced(by: limit) },
        ]
        let rest = ends.compactMap { $0.map { now.duration(to: $0) } }.min() ?? limits.attemptDeadline
        return max(.milliseconds(1), min(rest, limits.attemptDeadline))
    }
}

extension RunTransition {
    /// It changes what lists say of the run.
    fileprivate var changesPhase: Bool {
        switch self {
        case .driven, .paused, .finished: true
        default: false
        }
    }

    /// It happened, and stays true whatever somebody else wrote in between; the others are decisions.
    fileprivate var isFact: Bool {
        switch self {
        case .driven, .succeeded, .attemptFailed, .attemptLost, .answered, .compensated, .compensationFailed,
            .skillChanged, .cancelRequested:
            true
        default: false
        }
    }
}
