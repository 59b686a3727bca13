import JSONSchema
import PlanComposition
import SkillCatalog
import Testing

@testable import PlanExecution

extension SharedRunSuite {
    @Test("Workers ask once for another way, and each goes on with it")
    func counsel() async throws {
        try await Self.withBench { bench in
            let harness = RunHarness(
                tools: ["give", "broken", "use"].map { RunHarness.tool($0) },
                store: bench.store()
            )
            harness.tools.on("give") { _, _ in ["n": 7] }
            harness.tools.on("broken") { _, _ in throw ToolFailure.broken }
            harness.tools.on("make") { _, _ in ["n": 8] }
            let spare = RunHarness.skill("spare", [RunHarness.tool("make")])
            let replanner = ScriptedReplanner([spare]) { request, _ in
                var plan = request.plan
                (plan.steps[1].skill, plan.steps[1].tool) = ("spare", "make")
                return plan
            }
            let steps = [
                RunHarness.step("s1", "give"),
                RunHarness.step("s2", "broken", after: ["s1"], candidates: ["broken"]),
                RunHarness.step("s3", "use", after: ["s2"], arguments: ["n": ["$from": "s2", "path": "/n"]]),
            ]
            try await bench.offer(harness, steps)
            let log = WorkerLog()
            let counsel = RunCounsel(replanner: replanner)
            let workers = (1...3).map { bench.worker("w\($0)", harness.tools, counsel: counsel, log: log) }
            try await bench.work(workers, until: log)
            let state = try await harness.store.state(of: "run-1")
            #expect(state.outcome == .succeeded)
            #expect(harness.tools.calls.map(\.tool.name) == ["give", "broken", "make", "use"])
            #expect(harness.tools.calls.last?.arguments == ["n": 8])
            #expect(replanner.count == 1)
        }
    }

    @Test("A worker that cannot ask leaves alone what another is asking, until that one is gone")
    func askedByAnother() async throws {
        let harness = RunHarness(tools: [RunHarness.tool("broken")])
        let run = try await harness.create([RunHarness.step("s1", "broken", candidates: ["broken"])])
        let attempt = RunAttempt(task: TaskID(step: "s1"), number: 1, skill: "t", tool: "broken", arguments: [:])
        let lead: [RunTransition] = [
            .driven(by: "w"), .attemptStarted(attempt), .attemptFailed(TaskID(step: "s1"), attempt: 1, .broken),
        ]
        try await harness.store.append(lead, to: run, after: 0, at: harness.clock.now, phase: nil)
        let state = try await harness.store.state(of: run)
        var asking = WorkerTurn(worker: "asks", capacity: 1)
        asking.offer = CounselOffer(replans: true)
        let first = try #require(try asking.decide(view(state, []), monotonic: .now))
        #expect(first.wishes == [.replan(TaskID(step: "s1"), .broken)])
        #expect(first.claims == [TaskClaim(task: TaskID(step: "s1"), attempt: 1, worker: "asks")])

        let other = WorkerTurn(worker: "other", capacity: 1)
        let second = try #require(try other.decide(view(state, first.claims), monotonic: .now))
        #expect(second.transitions.isEmpty && second.claims == first.claims)
        let ended = first.claims.map { claim in
            var claim = claim
            claim.hasEnded = true
            return claim
        }
        let third = try #require(try other.decide(view(state, ended), monotonic: .now))
        #expect(third.state.outcome == .failed)
    }

    private func view(_ state: RunState, _ claims: [TaskClaim]) -> WorkerTurn.View {
        WorkerTurn.View(state: state, claims: claims, now: RunTime(milliseconds: 1_700_000_000_000))
    }
}
