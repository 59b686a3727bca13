import JSONSchema
import PlanComposition
import PlanExecution
import SkillCatalog
import Testing

@Suite("Scheduling")
struct SchedulingTests {
    private typealias H = RunHarness

    @Test("A chain runs in order, each step with what the one before returned, and each is written before it begins")
    func chain() async throws {
        let harness = H(tools: [H.tool("add")])
        harness.tools.on("add") { call, _ in
            ["sum": JSONValue((call.arguments["to"]?.intValue ?? 0) + 1)]
        }
        let state = try await harness.run([
            H.step("s1", "add", arguments: ["to": 1]),
            H.step("s2", "add", after: ["s1"], arguments: ["to": ["$from": "s1", "path": "/sum"]]),
            H.step("s3", "add", after: ["s2"], arguments: ["to": ["$from": "s2", "path": "/sum"]]),
        ])
        #expect(state.outcome == .succeeded)
        #expect(state.result("s3") == ["sum": 4])
        let journal = try await harness.journal()
        #expect(
            journal == [
                "driven", "attempt_started s1", "succeeded s1", "attempt_started s2", "succeeded s2",
                "attempt_started s3", "succeeded s3", "finished",
            ]
        )
    }

    @Test("Independent steps run at the same time, within the limit")
    func parallel() async throws {
        var harness = H(tools: [H.tool("meet")])
        harness.options.limits.concurrency = 3
        let gate = Gate(of: 3)
        harness.tools.on("meet") { _, _ in
            await gate.pass()
            return true
        }
        let state = try await harness.run((1...9).map { H.step("s\($0)", "meet") })
        #expect(state.outcome == .succeeded)
        #expect(harness.tools.mostActive == 3)
    }

    @Test("One tool is not called more often at a time than its own limit")
    func perTool() async throws {
        var harness = H(tools: [H.tool("a"), H.tool("b")])
        harness.options.limits.concurrency = 8
        harness.options.limits.concurrencyPerTool = 1
        let gate = Gate(of: 2)
        for tool in ["a", "b"] {
            harness.tools.on(tool) { _, _ in
                await gate.pass()
                return true
            }
        }
        let state = try await harness.run(
            (1...4).map { H.step("a\($0)", "a") } + (1...4).map { H.step("b\($0)", "b") }
        )
        #expect(state.outcome == .succeeded)
        #expect(harness.tools.mostActive == 2)
    }

    @Test("A step runs for each element of a list, and returns the results in the order of the list")
    func fanOut() async throws {
        let harness = H(tools: [H.tool("list"), H.tool("double"), H.tool("sum")])
        harness.tools.on("list") { _, _ in ["numbers": [["n": 1], ["n": 2], ["n": 3]]] }
        harness.tools.on("double") { call, _ in JSONValue((call.arguments["n"]?.intValue ?? 0) * 2) }
        harness.tools.on("sum") { call, _ in call.arguments["all"] ?? .null }
        let state = try await harness.run([
            H.step("s1", "list"),
            H.step(
                "s2",
                "double",
                after: ["s1"],
                arguments: ["n": ["$item": "/n"]],
                forEach: FanOut(list: ["$from": "s1", "path": "/numbers"])
            ),
            H.step("s3", "sum", after: ["s2"], arguments: ["all": ["$from": "s2", "path": ""]]),
        ])
        #expect(state.outcome == .succeeded)
        #expect(state.result("s3") == [2, 4, 6])
        #expect(try await harness.journal().contains("succeeded s2[2]"))
    }

    @Test("An empty list is done at once, a list that is too long or none at all fails the step before the first call")
    func oddLists() async throws {
        for (list, code) in [([], nil), ([1, 2, 3], "list-too-long"), ("no list", "missing-reference")]
            as [(JSONValue, String?)]
        {
            let harness = H(tools: [H.tool("list"), H.tool("use")])
            harness.tools.on("list") { _, _ in list }
            let state = try await harness.run([
                H.step("s1", "list"),
                H.step("s2", "use", after: ["s1"], forEach: FanOut(list: ["$from": "s1", "path": ""], limit: 2)),
            ])
            #expect(state.failure("s2")?.code == code)
            #expect(harness.tools.count("use") == 0)
            if code == nil { #expect(state.result("s2") == []) }
        }
    }

    @Test("A condition decides by what a step returned; who uses the skipped result is skipped, who only waits is not")
    func condition() async throws {
        let usage: JSONValue = ["$from": "s1", "path": "/usage"]
        for (value, runs) in [("85%", true), ("72%", false), (81, true), (80, false)] as [(JSONValue, Bool)] {
            let harness = H(tools: [H.tool("measure"), H.tool("alert"), H.tool("log")])
            harness.tools.on("measure") { _, _ in ["usage": value] }
            let state = try await harness.run([
                H.step("s1", "measure"),
                H.step("s2", "alert", after: ["s1"], when: StepCondition(left: usage, is: .above, right: 80)),
                H.step("s3", "log", after: ["s2"], arguments: ["what": ["$from": "s2", "path": ""]]),
                H.step("s4", "log", after: ["s2"]),
            ])
            #expect(state.outcome == .succeeded)
            #expect(harness.tools.count("alert") == (runs ? 1 : 0))
            #expect(harness.tools.count("log") == (runs ? 2 : 1))
            if !runs { #expect(state.end("s3") == .skipped(.needsSkipped(step: "s2"))) }
        }
    }

    @Test("A condition about the element at hand picks elements; the others are left out of the result")
    func itemCondition() async throws {
        let harness = H(tools: [H.tool("echo")])
        harness.tools.on("echo") { call, _ in call.arguments["n"] ?? .null }
        let state = try await harness.run([
            H.step(
                "s1",
                "echo",
                arguments: ["n": ["$item": ""]],
                forEach: FanOut(list: [1, 5, 2, 9]),
                when: StepCondition(left: ["$item": ""], is: .above, right: 2)
            )
        ])
        #expect(state.result("s1") == [5, 9])
    }

    @Test("When a step fails, what waits for it is skipped with the reason, and the rest goes on")
    func failureSpreads() async throws {
        let harness = H(tools: [H.tool("fail"), H.tool("work")])
        harness.tools.on("fail") { _, _ in throw ToolFailure.broken }
        let state = try await harness.run([
            H.step("s1", "fail"), H.step("s2", "work", after: ["s1"]), H.step("s3", "work", after: ["s2"]),
            H.step("s4", "work"),
        ])
        #expect(state.outcome == .failed)
        #expect(state.failure("s1")?.code == "broken")
        #expect(state.end("s2") == .skipped(.needsFailed(step: "s1")))
        #expect(state.end("s3") == .skipped(.needsFailed(step: "s1")))
        #expect(state.end("s4") == .succeeded)
    }

    @Test("A reference to something the result does not have fails the step that uses it, with the place")
    func danglingAtRunTime() async throws {
        let harness = H(tools: [H.tool("give"), H.tool("take")])
        harness.tools.on("give") { _, _ in ["file": "a.csv"] }
        let state = try await harness.run([
            H.step("s1", "give"),
            H.step("s2", "take", after: ["s1"], arguments: ["x": ["$from": "s1", "path": "/path"]]),
        ])
        #expect(state.failure("s2")?.code == "missing-reference")
        #expect(state.failure("s2")?.message.contains("/path") == true)
    }

    @Test("An attempt that takes too long is stopped, and counts as a timeout")
    func attemptDeadline() async throws {
        var harness = H(tools: [H.tool("hang")])
        harness.options.limits.attemptDeadline = .milliseconds(5)
        harness.options.recovery.attempts = 2
        harness.tools.on("hang") { _, _ in
            try await Task.sleep(for: .seconds(3_600))
            return true
        }
        let state = try await harness.run([H.step("s1", "hang")])
        #expect(state.failure("s1")?.code == "timeout")
        #expect(harness.tools.count("hang") == 2)
    }

    @Test("The time for a run covers all of it: what is left is not begun, and the run fails with the reason")
    func runDeadline() async throws {
        var harness = H(tools: [H.tool("slow")])
        harness.options.limits.runDeadline = .seconds(10)
        let clock = harness.clock
        harness.tools.on("slow") { _, _ in
            clock.advance(by: .seconds(6))
            return true
        }
        let state = try await harness.run([
            H.step("s1", "slow"), H.step("s2", "slow", after: ["s1"]), H.step("s3", "slow", after: ["s2"]),
        ])
        #expect(state.outcome == .failed)
        #expect(harness.tools.count("slow") == 2)
        #expect(state.failure("s3")?.code == "run-deadline")
    }

    @Test("The time for a step covers its retries")
    func stepDeadline() async throws {
        var harness = H(tools: [H.tool("busy")])
        harness.options.limits.stepDeadline = .seconds(5)
        harness.options.recovery.attempts = 100
        harness.options.recovery.baseDelay = .seconds(2)
        harness.options.recovery.breakerThreshold = 1_000
        harness.tools.on("busy") { _, _ in throw ToolFailure.busy }
        let state = try await harness.run([H.step("s1", "busy")])
        #expect(state.failure("s1")?.code == "step-deadline")
        #expect(harness.clock.slept <= .seconds(6))
    }

    @Test("The time in which a person is waited for is not the step's")
    func waitingForPerson() async throws {
        var harness = H(tools: [H.tool("remove", readOnly: false, destructive: true), H.tool("give")])
        harness.tools.on("give") { _, _ in ["n": "7"] }
        harness.options.limits.stepDeadline = .seconds(5)
        let changed: JSONValue = ["type": "object", "properties": ["n": ["type": "integer"]]]
        harness.definitions[0].tools[0].inputSchema = changed
        harness.tools.on("remove") { call, count in
            // The second attempt is another call, and needs an approval of its own.
            guard count > 1 else { throw ToolFailure(.invalidInput, code: "n", "n must be an integer") }
            return .object(call.arguments)
        }
        let run = try await harness.create([
            H.step("s0", "give"),
            H.step("s1", "remove", after: ["s0"], arguments: ["n": ["$from": "s0", "path": "/n"]]),
        ])
        var state = try await harness.drive(run)
        for _ in 0..<2 {
            #expect(state.pause == .waiting)
            harness.clock.advance(by: .seconds(3_600))
            state = try await harness.drive(run, [.answered(TaskID(step: "s1"), .approve, by: "me")])
        }
        #expect(state.outcome == .succeeded, "\(state.failure("s1")?.message ?? "")")
        #expect(state.result("s1") == ["n": 7])
    }

    @Test("A thousand steps of width fifty run, and results nobody needs any more are let go")
    func large() async throws {
        var harness = H(tools: [H.tool("next")])
        harness.options.limits.concurrency = 50
        harness.options.limits.concurrencyPerTool = 50
        harness.tools.on("next") { call, _ in ["n": JSONValue((call.arguments["n"]?.intValue ?? 0) + 1)] }
        let steps = (0..<20).flatMap { row in
            (0..<50).map { column in
                row == 0
                    ? H.step("r0c\(column)", "next", arguments: ["n": 0])
                    : H.step(
                        "r\(row)c\(column)",
                        "next",
                        after: ["r\(row - 1)c\(column)"],
                        arguments: ["n": ["$from": .string("r\(row - 1)c\(column)"), "path": "/n"]]
                    )
            }
        }
        let state = try await harness.run(steps)
        #expect(state.outcome == .succeeded)
        #expect(state.result("r19c49") == ["n": 20])
        #expect(state.steps.count { !$0.values.isEmpty } == 50)
        #expect(harness.tools.calls.count == 1_000)
    }
}

/// Lets tasks pass when so many have come; then starts counting anew.
actor Gate {
    private let size: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(of size: Int) { self.size = size }

    func pass() async {
        guard waiting.count + 1 < size else {
            waiting.forEach { $0.resume() }
            waiting = []
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }
}
