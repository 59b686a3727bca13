import JSONSchema
import PlanComposition
import SkillCatalog
import Storage
import TestSupport
import Testing

@testable import PlanExecution

extension SharedRunSuite {
    @Test("Four workers share runs and make every call once", arguments: [1, 3])
    func sharing(concurrency: Int) async throws {
        try await Self.withBench { bench in
            let harness = RunHarness(tools: [RunHarness.tool("work"), RunHarness.tool("list")], store: bench.store())
            harness.tools.on("list") { _, _ in ["items": .array((0..<12).map { JSONValue($0) })] }
            var steps = Self.chain(4) + (1...6).map { RunHarness.step("w\($0)", "work", after: ["s2"]) }
            steps.append(RunHarness.step("l", "list"))
            steps.append(
                RunHarness.step(
                    "e",
                    "work",
                    after: ["l"],
                    arguments: ["n": ["$item": ""]],
                    forEach: FanOut(list: ["$from": "l", "path": "/items"]),
                    when: StepCondition(left: ["$item": ""], is: .above, right: 3)
                )
            )
            for number in 1...3 { try await bench.offer(harness, steps, id: "run-\(number)") }
            let log = WorkerLog()
            let workers = (1...4).map { bench.worker("w\($0)", harness.tools, concurrency: concurrency, log: log) }
            try await bench.work(workers, until: log, 3)
            for number in 1...3 {
                let state = try await harness.store.state(of: "run-\(number)")
                #expect(state.outcome == .succeeded)
            }
            // Each run: 4 of the chain, 6 beside each other, the list, and 8 of its 12 elements.
            #expect(harness.tools.calls.count == 3 * 19)
            #expect(Set(harness.tools.calls.map(\.idempotencyKey)).count == 3 * 19)
            #expect(log.count(.lost) == 0)
            let rows = try bench.connection().query("SELECT count(*) FROM skillweaver_run_tasks") { $0.int(0) }
            #expect(rows == [0])
        }
    }

    @Test("Two that drive one run alone: one does, the other is told who")
    func twoDrivers() async throws {
        try await Self.withBench { bench in
            let tools = CountingTools()
            let gate = Door()
            tools.on("work") { _, _ in
                await gate.pass()
                return .null
            }
            let harness = RunHarness(tools: [RunHarness.tool("work")], store: bench.store())
            let run = try await harness.create(Self.chain(3))
            let drivers = (1...2).map { number in
                RunDriver(
                    store: bench.store(),
                    invokers: ToolInvokerProvider { _ in tools },
                    resultsFolder: "\(bench.folder)/results",
                    owner: "driver \(number)"
                )
            }
            let ends = await withTaskGroup(of: Result<RunState, any Error>.self) { group in
                for driver in drivers {
                    group.addTask {
                        do { return .success(try await driver.drive(run)) } catch { return .failure(error) }
                    }
                }
                var ends: [Result<RunState, any Error>] = []
                if let first = await group.next() { ends.append(first) }
                gate.open()
                for await end in group { ends.append(end) }
                return ends
            }
            #expect(try ends.last?.get().outcome == .succeeded)
            guard case .failure(let error as RunStoreError)? = ends.first else {
                Issue.record("both drove the run")
                return
            }
            #expect(error.kind == .busy && error.message.contains("driver"))
            #expect(tools.calls.count == 3)
        }
    }

    @Test(
        "What a dead worker had is taken over when its lease ends: called again where that does no harm, else asked about"
    )
    func deadWorker() async throws {
        try await Self.withBench(lease: .milliseconds(600)) { bench in
            let tools = [RunHarness.tool("work"), RunHarness.tool("send", readOnly: false)]
            let harness = RunHarness(tools: tools, store: bench.store())
            try await bench.offer(harness, [RunHarness.step("a", "work"), RunHarness.step("b", "send")])
            // It takes both steps, and is never heard of again.
            let turn = try await bench.store().takeTurn(.run("run-1"), as: "dead", known: [:]) { _, view in
                try WorkerTurn(worker: "dead", capacity: 5).decide(view, monotonic: .now)
            }
            #expect(turn?.decision?.orders.count == 2)
            let log = WorkerLog()
            try await bench.work([bench.worker("alive", harness.tools, log: log)], until: log)
            let state = try await harness.store.state(of: "run-1")
            #expect(harness.tools.calls.map(\.tool.name) == ["work"])
            #expect(state.pause == .waiting)
            #expect(state.openQuestions.map(\.question.kind) == [.unknownOutcome])
            #expect(log.count(.takenOver) == 2)
            #expect(try await harness.journal().count { $0.hasPrefix("attempt_lost") } == 2)
        }
    }

    @Test("A result that comes after others took over answers the question about it, and nothing else")
    func lateResult() async throws {
        try await Self.withBench(lease: .milliseconds(300)) { bench in
            let harness = RunHarness(tools: [RunHarness.tool("send", readOnly: false)], store: bench.store())
            try await bench.offer(harness, [RunHarness.step("a", "send")])
            let slow = bench.store()
            let taken = try await slow.takeTurn(.run("run-1"), as: "slow", known: [:]) { _, view in
                try WorkerTurn(worker: "slow", capacity: 1).decide(view, monotonic: .now)
            }
            let attempt = try #require(taken?.decision?.orders.first?.attempt)
            let log = WorkerLog()
            try await bench.work([bench.worker("other", harness.tools, log: log)], until: log)
            #expect(try await harness.store.state(of: "run-1").pause == .waiting)
            let report = AttemptReport(
                attempt: attempt,
                isCompensation: false,
                result: .success(ToolResult(value: ["sent": true]))
            )
            for _ in 1...2 {
                _ = try await slow.takeTurn(.run("run-1"), as: "slow", known: [:]) { _, view in
                    var turn = WorkerTurn(worker: "slow", capacity: 1)
                    turn.reports = [report]
                    return try turn.decide(view, monotonic: .now)
                }
            }
            let state = try await harness.store.state(of: "run-1")
            #expect(state.outcome == .succeeded)
            #expect(harness.tools.calls.isEmpty)
        }
    }

    @Test("A worker whose commit was written though the answer was lost makes the attempts that are its own")
    func lostAnswer() async throws {
        try await Self.withBench { bench in
            let harness = RunHarness(tools: [RunHarness.tool("send", readOnly: false)], store: bench.store())
            try await bench.offer(harness, [RunHarness.step("a", "send", arguments: ["n": 1])])
            let store = bench.store()
            for _ in 1...2 {
                let turn = try await store.takeTurn(.run("run-1"), as: "me", known: [:]) { _, view in
                    try WorkerTurn(worker: "me", capacity: 1).decide(view, monotonic: .now)
                }
                let orders = turn?.decision?.orders ?? []
                #expect(orders.map(\.attempt.number) == [1])
                #expect(orders.map(\.attempt.arguments) == [["n": 1]])
            }
            #expect(try await harness.journal() == ["driven", "attempt_started a"])
        }
    }

    @Test("A worker without the skill's files leaves its steps to one that has them, and says so")
    func missingSkill() async throws {
        try await Self.withBench { bench in
            try write("def work(): pass\n", to: "\(bench.folder)/skill/tools.py")
            var skill = RunHarness.skill("t", [RunHarness.tool("work")])
            skill.origin = SkillOrigin(source: "test", file: "test", folder: "\(bench.folder)/skill")
            let harness = RunHarness([skill], store: bench.store())
            try await bench.offer(harness, Self.chain(3))
            // For the first worker the files have changed.
            try write("def work(): return 1\n", to: "\(bench.folder)/skill/tools.py")
            let log = WorkerLog()
            try await withThrowingTaskGroup(of: Void.self) { group in
                let without = bench.worker("without", CountingTools(), log: log)
                group.addTask { try await without.run() }
                try await log.wait { $0.contains { $0.kind == .left } }
                try write("def work(): pass\n", to: "\(bench.folder)/skill/tools.py")
                let with = bench.worker("with", harness.tools, log: log)
                group.addTask { try await with.run() }
                try await log.wait { $0.contains { $0.kind == .runEnded } }
                group.cancelAll()
                try await group.waitForAll()
            }
            #expect(try await harness.store.state(of: "run-1").outcome == .succeeded)
            #expect(harness.tools.calls.count == 3)
            #expect(log.events.first { $0.kind == .left }?.text.contains("other files") == true)
        }
    }

    @Test("A worker that is asked to stop finishes its call and hands the rest back")
    func stopping() async throws {
        try await Self.withBench { bench in
            let harness = RunHarness(tools: [RunHarness.tool("send", readOnly: false)], store: bench.store())
            let gate = Door()
            harness.tools.on("send") { _, count in
                if count == 1 { await gate.pass() }
                return .null
            }
            try await bench.offer(harness, Self.chain(3, "send"))
            let log = WorkerLog()
            let first = bench.worker("first", harness.tools, log: log)
            let work = Task { try await first.run() }
            try await log.wait { $0.contains { $0.kind == .took } }
            work.cancel()
            try await log.wait { $0.contains { $0.kind == .stopping } }
            gate.open()
            try await work.value
            #expect(harness.tools.calls.count == 1)
            #expect(try await harness.journal() == ["driven", "attempt_started s1", "succeeded s1"])
            try await bench.work([bench.worker("second", harness.tools, log: log)], until: log)
            #expect(try await harness.store.state(of: "run-1").outcome == .succeeded)
            #expect(harness.tools.calls.count == 3)
        }
    }

    @Test("Cancelling a run reaches the call that a worker is making")
    func cancelling() async throws {
        try await Self.withBench(lease: .seconds(1)) { bench in
            let harness = RunHarness(tools: [RunHarness.tool("work")], store: bench.store())
            harness.tools.on("work") { _, _ in
                try await Task.sleep(for: .seconds(600))
                return .null
            }
            try await bench.offer(harness, Self.chain(3))
            let log = WorkerLog()
            let worker = bench.worker("w", harness.tools, log: log)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await worker.run() }
                try await log.wait { $0.contains { $0.kind == .took } }
                let state = try await harness.store.state(of: "run-1")
                try await bench.store().append(
                    [.cancelRequested(by: "me")],
                    to: "run-1",
                    after: state.sequence,
                    at: SystemRunClock().now,
                    phase: nil
                )
                try await log.wait { $0.contains { $0.kind == .runEnded } }
                group.cancelAll()
                try await group.waitForAll()
            }
            #expect(try await harness.store.state(of: "run-1").outcome == .cancelled)
            #expect(harness.tools.calls.count == 1)
        }
    }

    @Test("A run that cannot be read is left alone, and the others go on")
    func damaged() async throws {
        try await Self.withBench { bench in
            let harness = RunHarness(tools: [RunHarness.tool("work")], store: bench.store())
            for id in ["broken", "newer", "sound"] { try await bench.offer(harness, Self.chain(2), id: id) }
            let connection = try bench.connection()
            try connection.execute("UPDATE skillweaver_runs SET definition = '{' WHERE id = 'broken'")
            try connection.execute("UPDATE skillweaver_runs SET format = 99 WHERE id = 'newer'")
            let log = WorkerLog()
            try await bench.work([bench.worker("w", harness.tools, log: log)], until: log)
            #expect(try await harness.store.state(of: "sound").outcome == .succeeded)
            #expect(Set(log.events.filter { $0.kind == .trouble }.compactMap(\.run)) == ["broken", "newer"])
        }
    }
}

/// Has a server to itself, which it restarts.
@Suite(
    "Workers whose server restarts",
    .postgreSQL,
    .serialized,
    .enabled(if: PostgreSQLServer.isInstalled, PostgreSQLServer.absence)
)
struct WorkerRestartTests {
    @Test("The run finishes, and no call is made twice")
    func restart() async throws {
        let server = try #require(PostgreSQLServer.current)
        try await SharedRunSuite.withBench { bench in
            let harness = RunHarness(tools: [RunHarness.tool("send", readOnly: false)], store: bench.store())
            harness.tools.on("send") { call, count in
                // In the middle of a call of the chain, and beside calls of the others.
                if count == 4 { try await server.restart() }
                return .null
            }
            let wide = (1...6).map { RunHarness.step("w\($0)", "send", after: ["s2"]) }
            try await bench.offer(harness, SharedRunSuite.chain(4, "send") + wide)
            let log = WorkerLog()
            let workers = (1...2).map { bench.worker("w\($0)", harness.tools, log: log) }
            try await bench.work(workers, until: log)
            #expect(try await harness.store.state(of: "run-1").outcome == .succeeded)
            #expect(harness.tools.calls.count == 10)
        }
    }
}
