import JSONSchema
import SkillCatalog
import Storage

extension RunWorker {
    /// Begins an attempt that is this worker's by the journal.
    ///
    /// - Parameter now: by the server's clock, as the times in the journal are.
    func begin(_ order: AttemptOrder, _ run: String, at now: RunTime) async {
        let attempt = order.attempt
        guard let state = known[run]?.state else { return }
        let definition = state.definition
        guard let skill = definition.skills[attempt.skill], let tool = skill.tool(named: attempt.tool) else {
            let message = "the run does not know the tool \(attempt.qualifiedName)"
            let failure = ToolFailure(.permanent, code: "unknown-tool", message)
            return mailbox.post(.ended(run: run, order, .failure(failure)))
        }
        let invoker: any ToolInvoker
        do {
            invoker = try await self.invoker(for: definition)
        } catch {
            let message = "the folders of the run cannot be used here: \(error)"
            let failure = ToolFailure(.transient, code: "no-workspace", message)
            return mailbox.post(.ended(run: run, order, .failure(failure)))
        }
        let arguments = attempt.arguments ?? (order.isCompensation ? nil : state.arguments(of: attempt.task))
        var call = ToolCall(
            skill: skill,
            tool: tool,
            arguments: arguments ?? [:],
            idempotencyKey: order.isCompensation
                ? IdempotencyKey.ofCompensation(attempt.task, in: run) : IdempotencyKey.of(attempt.task, in: run),
            limits: CallLimits(deadline: state.remainingTime(for: attempt.task, at: now))
        )
        // Not a child: it goes on for a while when the worker is cancelled. The worker waits for its message.
        call.rules = state.definition.approvalRules
        let task = Task { [mailbox, call] in
            let result = await ToolCallTelemetry.measuring(call, attempt.said(of: run)) {
                await AttemptCall(call: call, invoker: invoker).perform()
            }
            mailbox.post(.ended(run: run, order, result))
        }
        underWay[attempt, default: [:]][run] = UnderWay(run: run, order: order, since: .now, task: task)
        let text = "\(attempt.task): \(attempt.qualifiedName), attempt \(attempt.number)"
        say(.took, text, run: run, task: attempt.task, attempt: attempt.number)
    }

    func invoker(for definition: RunDefinition) async throws -> any ToolInvoker {
        if let invoker = known[definition.id]?.invoker { return invoker }
        let workspace = driver.workspace(of: definition)
        try FileSystem.createFolder(workspace.folder)
        try FileSystem.createFolder(workspace.results)
        let invoker = try await driver.invokers.invoker(for: workspace)
        known[definition.id]?.invoker = invoker
        return invoker
    }

    /// Stops attempts that are no longer this worker's, or whose run was cancelled.
    func release(allBut held: [HeldAttempt], _ since: ContinuousClock.Instant) {
        for attempt in activity where attempt.since < since {
            let match = held.first {
                $0.run == attempt.run && $0.task == attempt.order.attempt.task
                    && $0.attempt == attempt.order.attempt.number
            }
            if let match, !match.isCancelled { continue }
            guard stop(attempt) else { continue }
            let reason = match == nil ? "others took it over" : "the run is being cancelled"
            let order = attempt.order.attempt
            say(.lost, reason, run: attempt.run, task: order.task, attempt: order.number)
        }
    }

    /// Stops attempts of a kind, but those that are claimed.
    func cancel(_ reason: String, allBut claims: [TaskClaim], where isMeant: (UnderWay) -> Bool) {
        for attempt in activity where isMeant(attempt) {
            let order = attempt.order.attempt
            guard !claims.contains(where: { $0.task == order.task && $0.attempt == order.number }) else { continue }
            guard stop(attempt) else { continue }
            say(.lost, reason, run: attempt.run, task: order.task, attempt: order.number)
        }
    }

    /// False where it was told before.
    private func stop(_ attempt: UnderWay) -> Bool {
        guard !attempt.isStopped else { return false }
        attempt.task.cancel()
        underWay[attempt.order.attempt]?[attempt.run]?.isStopped = true
        return true
    }

    func stopAll(_ reason: String) { cancel(reason, allBut: []) { _ in true } }
}

// MARK: - What is said

extension RunWorker {
    func say(
        _ kind: WorkerEvent.Kind,
        _ text: String,
        run: String? = nil,
        task: TaskID? = nil,
        attempt: Int? = nil
    ) {
        onEvent(
            WorkerEvent(
                kind: kind,
                at: driver.clock.now,
                worker: name,
                run: run,
                task: task,
                attempt: attempt,
                text: driver.redactor.redacted(text)
            )
        )
    }

    func sayEnd(of report: AttemptReport, _ run: String) {
        let attempt = report.attempt
        switch report.result {
        case .success:
            say(.finished, "\(attempt.task) succeeded", run: run, task: attempt.task, attempt: attempt.number)
        case .failure(let failure):
            let text = "\(attempt.task): \(failure.message)"
            say(.failed, text, run: run, task: attempt.task, attempt: attempt.number)
        }
    }

    func say(_ remark: WorkerTurn.Remark, _ run: String) {
        switch remark {
        case .takenOver(let task, let attempt, let from):
            let text = "\(task): \(from) was not heard of for the length of its lease"
            say(.takenOver, text, run: run, task: task, attempt: attempt)
        case .late(let task, let attempt):
            let text = "\(task): its result came after others had taken it over"
            say(.lost, text, run: run, task: task, attempt: attempt)
        case .left(let task, let skill, let because):
            let isNew = lacking[run]?[skill] == nil
            lacking[run, default: [:]][skill] = .now + .seconds(30)
            if isNew { say(.left, "\(task) needs \(skill): \(because)", run: run, task: task) }
        }
    }
}
