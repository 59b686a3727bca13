import JSONSchema
import PlanComposition
import SkillCatalog
import Testing

@testable import PlanExecution

@Suite("A worker's turn")
struct WorkerTurnTests {
    private static let steps = (1...4).map { RunHarness.step("s\($0)", "work") }

    private func state(_ steps: [PlanStep], concurrency: Int = 8) async throws -> RunState {
        var harness = RunHarness(tools: [RunHarness.tool("work"), RunHarness.tool("list")])
        harness.options.limits.concurrency = concurrency
        return try await harness.store.state(of: harness.create(steps))
    }

    private func view(_ state: RunState, _ claims: [TaskClaim] = []) -> WorkerTurn.View {
        WorkerTurn.View(state: state, claims: claims, now: RunTime(milliseconds: 1_000))
    }

    @Test(
        "takes what it has room for and leaves the rest ready, within the run's own limit",
        arguments: [
            (0, 8, 0, 4), (1, 8, 1, 3), (3, 8, 3, 1), (9, 8, 4, 0), (9, 2, 2, 0), (1, 2, 1, 1),
        ]
    )
    func room(capacity: Int, concurrency: Int, taken: Int, ready: Int) async throws {
        let state = try await state(Self.steps, concurrency: concurrency)
        let turn = WorkerTurn(worker: "w", capacity: capacity)
        let decision = try #require(try turn.decide(view(state), monotonic: .now))
        #expect(decision.orders.count == taken)
        #expect(decision.ready.count == ready)
        #expect(decision.claims.map(\.worker) == Array(repeating: "w", count: taken))
        #expect(decision.state.running == taken)
        #expect(decision.state.pause == nil)
    }

    @Test("forgets no element of a list, though a later one can be settled before there is room for it")
    func lists() async throws {
        let each = RunHarness.step(
            "e",
            "work",
            arguments: ["n": ["$item": ""]],
            forEach: FanOut(list: [5, 1, 6]),
            when: StepCondition(left: ["$item": ""], is: .above, right: 3)
        )
        var state = try await state([each])
        var calls: [TaskID] = []
        var reports: [AttemptReport] = []
        var claims: [TaskClaim] = []
        // Every other turn is one of a worker without room.
        for round in 0..<20 where state.outcome == nil {
            var turn = WorkerTurn(worker: "w", capacity: round.isMultiple(of: 2) ? 0 : 1)
            turn.reports = reports
            let decision = try #require(try turn.decide(view(state, claims), monotonic: .now))
            (state, claims) = (decision.state, decision.claims)
            calls += decision.orders.map(\.attempt.task)
            reports = decision.orders.map {
                AttemptReport(attempt: $0.attempt, isCompensation: false, result: .success(ToolResult(value: .null)))
            }
        }
        #expect(state.outcome == .succeeded)
        #expect(calls == [TaskID(step: "e", element: 0), TaskID(step: "e", element: 2)])
    }

    @Test("leaves a run alone that another process drives, until its lease ends")
    func driven() async throws {
        let state = try await state(Self.steps)
        var claim = TaskClaim(task: TaskID(step: ""), attempt: 0, worker: "other")
        let turn = WorkerTurn(worker: "w", capacity: 1)
        #expect(try turn.decide(view(state, [claim]), monotonic: .now) == nil)
        claim.hasEnded = true
        let decision = try #require(try turn.decide(view(state, [claim]), monotonic: .now))
        #expect(decision.orders.count == 1)
        #expect(decision.claims.count == 1)
    }

    @Test("keeps its own attempts though its lease ended, where nobody took them over")
    func ownLease() async throws {
        let first = try #require(
            try WorkerTurn(worker: "w", capacity: 2).decide(view(try await state(Self.steps)), monotonic: .now)
        )
        var claims = first.claims
        for index in claims.indices { claims[index].hasEnded = true }
        var turn = WorkerTurn(worker: "w", capacity: 0)
        turn.underWay = Set(first.orders.map(\.attempt))
        let again = try #require(try turn.decide(view(first.state, claims), monotonic: .now))
        #expect(again.transitions.isEmpty)
        #expect(again.orders.isEmpty)
        #expect(again.claims.count == 2)
        // To any other worker they are lost.
        let other = try #require(
            try WorkerTurn(worker: "v", capacity: 0).decide(view(first.state, claims), monotonic: .now)
        )
        #expect(other.remarks.count { if case .takenOver = $0 { true } else { false } } == 2)
        #expect(other.ready.count == 4)
    }
}
