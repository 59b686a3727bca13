import JSONSchema
import PlanComposition
import PlanExecution
import SkillCatalog
import Testing

@Suite("Going on with a run")
struct ResumptionTests {
    private typealias H = RunHarness

    /// The journal of a finished three-step chain, cut off after so many entries, as `kill -9` leaves it.
    private func cutRun(_ count: Int, tool: Tool) async throws -> (RunHarness, String) {
        let steps = (1...3).map { H.step("s\($0)", "act", after: $0 > 1 ? ["s\($0 - 1)"] : []) }
        let whole = H(tools: [tool])
        try await whole.run(steps)
        let transitions = try await whole.transitions()
        let cut = H(tools: [tool])
        let run = try await cut.create(steps)
        try await cut.store.append(
            Array(transitions.prefix(count)),
            to: run,
            after: 0,
            at: cut.clock.now,
            phase: nil
        )
        return (cut, run)
    }

    @Test("Wherever a journal ends, no completed step runs again and every other runs", arguments: 0...7)
    func everyCut(count: Int) async throws {
        let (harness, run) = try await cutRun(count, tool: H.tool("act"))
        let completed = try await harness.journal().count { $0.hasPrefix("succeeded") }
        let state = try await harness.drive(run)
        #expect(state.outcome == .succeeded)
        #expect(harness.tools.calls.count == 3 - completed)
    }

    @Test("An attempt nobody knows the end of is asked about where repeating may do harm", arguments: [2, 4, 6])
    func lostAttempt(count: Int) async throws {
        let (harness, run) = try await cutRun(count, tool: H.tool("act", readOnly: false))
        let waiting = try await harness.drive(run)
        #expect(waiting.pause == .waiting)
        #expect(waiting.openQuestions.map(\.question.kind) == [.unknownOutcome])
        #expect(harness.tools.calls.isEmpty)
        let task = try #require(waiting.openQuestions.first).task
        let state = try await harness.drive(run, [.answered(task, .done("it was done"), by: "me")])
        #expect(state.outcome == .succeeded)
        #expect(state.result("s\(count / 2)") ?? "it was done" == "it was done")
    }

    @Test("Being stopped often does not use up the attempts a tool has")
    func stoppedOften() async throws {
        let harness = H(tools: [H.tool("act")])
        let run = try await harness.create([H.step("s1", "act")])
        var sequence = 0
        for number in 1...20 {
            let attempt = RunAttempt(task: TaskID(step: "s1"), number: number, skill: "t", tool: "act", arguments: nil)
            var entries: [RunTransition] = [.driven(by: "x")]
            if number > 1 {
                entries += [
                    .attemptLost(TaskID(step: "s1"), attempt: number - 1),
                    .retryPlanned(TaskID(step: "s1"), until: harness.clock.now, because: "lost"),
                ]
            }
            entries.append(.attemptStarted(attempt))
            try await harness.store.append(entries, to: run, after: sequence, at: harness.clock.now, phase: nil)
            sequence += entries.count
        }
        #expect(try await harness.drive(run).outcome == .succeeded)
    }

    @Test("Cancelling the task stops the attempts, pauses the run, and resuming goes on")
    func interrupted() async throws {
        let harness = H(tools: [H.tool("quick"), H.tool("hang")])
        let run = try await harness.create([H.step("s1", "quick"), H.step("s2", "hang", after: ["s1"])])
        let started = Gate(of: 2)
        harness.tools.on("hang") { _, count in
            guard count == 1 else { return "done" }
            await started.pass()
            try await Task.sleep(for: .seconds(3_600))
            return true
        }
        let driving = Task { try await harness.drive(run) }
        await started.pass()
        driving.cancel()
        let paused = try await driving.value
        #expect(paused.pause == .interrupted)
        #expect(try await harness.store.list(RunQuery()).map(\.phase) == [.interrupted])
        let state = try await harness.drive(run)
        #expect(state.outcome == .succeeded)
        #expect(harness.tools.count("quick") == 1)
        #expect(harness.tools.count("hang") == 2)
    }

    @Test("Somebody else cancels a run through its journal: attempts stop, the rest is not begun")
    func cancelledFromOutside() async throws {
        let harness = H(tools: [H.tool("hang"), H.tool("never")])
        let run = try await harness.create([H.step("s1", "hang"), H.step("s2", "never", after: ["s1"])])
        let started = Gate(of: 2)
        harness.tools.on("hang") { _, _ in
            await started.pass()
            try await Task.sleep(for: .seconds(3_600))
            return true
        }
        async let driving = harness.drive(run)
        await started.pass()
        try await harness.store.append(
            [.cancelRequested(by: "other")],
            to: run,
            after: try await harness.store.state(of: run).sequence,
            at: harness.clock.now,
            phase: nil
        )
        let state = try await driving
        #expect(state.outcome == .cancelled)
        #expect(harness.tools.count("never") == 0)
        #expect(state.end("s2") == .skipped(.cancelled))
    }

    @Test("An answer that comes while the run writes is taken in, and nothing is done twice")
    func conflict() async throws {
        let harness = H(tools: [H.tool("work"), Tool(name: "wipe", description: "")])
        let run = try await harness.create([
            H.step("s1", "wipe"), H.step("s2", "work"), H.step("s3", "work", after: ["s2"]),
        ])
        let store = harness.store
        let clock = harness.clock
        harness.tools.on("work") { _, count in
            guard count == 1 else { return true }
            // Written behind the driver's back, so that its next write conflicts.
            try await store.append(
                [.answered(TaskID(step: "s1"), .approve, by: "other")],
                to: run,
                after: try await store.state(of: run).sequence,
                at: clock.now,
                phase: nil
            )
            return true
        }
        let state = try await harness.drive(run)
        #expect(state.outcome == .succeeded)
        #expect(harness.tools.count("work") == 2)
        #expect(harness.tools.count("wipe") == 1)
    }

    @Test("Granted secrets are in no entry of the journal")
    func secrets() async throws {
        let harness = H(tools: [H.tool("leak")])
        harness.tools.on("leak") { _, count in
            guard count > 1 else { throw ToolFailure(.transient, code: "busy", "token s3cr3t-value is busy") }
            return ["echo": "Bearer s3cr3t-value"]
        }
        let run = try await harness.create([H.step("s1", "leak")])
        let state = try await harness.drive(run, redactor: SecretRedactor(["s3cr3t-value"]))
        #expect(state.outcome == .succeeded)
        let text = try await harness.transitions().map { $0.json.serialized() }.joined()
        #expect(!text.contains("s3cr3t-value"))
        #expect(text.contains("[redacted]"))
    }

    @Test("The state after a run is the fold of its journal")
    func fold() async throws {
        let harness = H(tools: [H.tool("flaky"), H.tool("other")])
        let tools = harness.tools
        harness.tools.on("flaky") { call, count in
            // Every task fails once.
            guard tools.calls.count(where: { $0.idempotencyKey == call.idempotencyKey }) > 1 else {
                throw ToolFailure.busy
            }
            return JSONValue(count)
        }
        let state = try await harness.run([
            H.step("s1", "flaky", candidates: ["flaky", "other"]),
            H.step("s2", "flaky", after: ["s1"], forEach: FanOut(list: [1, 2, 3])),
        ])
        #expect(state.outcome == .succeeded)
        #expect(try await harness.store.state(of: "run-1") == state)
    }
}
