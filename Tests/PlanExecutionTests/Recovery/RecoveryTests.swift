import JSONSchema
import PlanComposition
import PlanExecution
import SkillCatalog
import Testing

@Suite("Recovery")
struct RecoveryTests {
    private typealias H = RunHarness

    @Test("A transient failure is tried again after growing waits with jitter, the same for the same seed")
    func retry() async throws {
        var waits: [Duration] = []
        for _ in 0..<2 {
            let harness = H(tools: [H.tool("flaky")])
            harness.tools.on("flaky") { _, count in
                guard count > 3 else { throw ToolFailure.busy }
                return "done"
            }
            let state = try await harness.run([H.step("s1", "flaky")])
            #expect(state.outcome == .succeeded)
            #expect(harness.tools.count("flaky") == 4)
            #expect(harness.clock.slept > .zero && harness.clock.slept < .seconds(4))
            waits.append(harness.clock.slept)
        }
        #expect(waits[0] == waits[1])
    }

    @Test("Every attempt at a task carries the same key, and every task its own")
    func keys() async throws {
        let harness = H(tools: [H.tool("flaky")])
        harness.tools.on("flaky") { _, count in
            guard count != 1 else { throw ToolFailure.busy }
            return true
        }
        try await harness.run([H.step("s1", "flaky"), H.step("s2", "flaky", after: ["s1"])])
        let keys = harness.tools.calls.map(\.idempotencyKey)
        #expect(keys.count == 3)
        #expect(keys.first == keys.dropFirst().first)
        #expect(keys.first != keys.last)
    }

    @Test("A tool that asks for time gets it")
    func retryAfter() async throws {
        let harness = H(tools: [H.tool("limited")])
        harness.tools.on("limited") { _, count in
            guard count > 1 else {
                throw ToolFailure(.transient, code: "429", "too many requests", retryAfter: .seconds(30))
            }
            return true
        }
        let state = try await harness.run([H.step("s1", "limited")])
        #expect(state.outcome == .succeeded)
        #expect(harness.clock.slept >= .seconds(30))
    }

    @Test("A tool that fails for good hands its task to the next candidate, under the names that one uses")
    func fallback() async throws {
        let csv: JSONValue = ["type": "string", "format": "path", "description": "CSV file"]
        let first = H.tool(
            "load",
            input: ["type": "object", "properties": ["url": ["type": "string"]], "required": ["url"]],
            output: ["type": "object", "properties": ["file": csv]]
        )
        let second = H.tool(
            "fetch",
            input: [
                "type": "object", "properties": ["source_url": ["type": "string", "format": "uri"]],
                "required": ["source_url"],
            ],
            output: ["type": "object", "properties": ["saved_file": csv, "bytes": ["type": "integer"]]]
        )
        let useless = H.tool(
            "paint",
            input: ["type": "object", "properties": ["color": ["type": "integer"]], "required": ["color"]]
        )
        let harness = H(tools: [first, useless, second, H.tool("use")])
        harness.tools.on("load") { _, _ in throw ToolFailure.broken }
        harness.tools.on("fetch") { _, _ in ["saved_file": "a.csv", "bytes": 3] }
        let state = try await harness.run([
            H.step("s1", "load", arguments: ["url": "http://a/b.csv"], candidates: ["load", "paint", "fetch"]),
            H.step("s2", "use", after: ["s1"], arguments: ["path": ["$from": "s1", "path": "/file"]]),
        ])
        #expect(state.outcome == .succeeded, "\(state.failure("s1")?.message ?? "")")
        #expect(harness.tools.calls.map(\.tool.name) == ["load", "fetch", "use"])
        #expect(harness.tools.calls.dropFirst().first?.arguments == ["source_url": "http://a/b.csv"])
        #expect(harness.tools.calls.last?.arguments == ["path": "a.csv"])
        let fallbacks = try await harness.transitions().compactMap { transition in
            if case .fellBack(_, let fallback) = transition { fallback } else { nil }
        }
        #expect(fallbacks.map(\.qualifiedName) == ["t.fetch"])
        #expect(fallbacks.first?.because == "it does not work")
        #expect(fallbacks.first?.passedOver.first?.hasPrefix("t.paint") == true)
    }

    @Test("One that takes over for an element of a list returns it under the name that later steps look for")
    func fallbackForElement() async throws {
        let path: JSONValue = ["type": "string", "format": "path", "description": "CSV file"]
        let harness = H(tools: [
            H.tool("load", output: ["type": "object", "properties": ["file": path]]),
            H.tool("fetch", output: ["type": "object", "properties": ["saved_file": path]]),
            H.tool("useless", output: ["type": "object", "properties": ["rows": ["type": "integer"]]]), H.tool("use"),
        ])
        harness.tools.on("load") { call, _ in
            guard call.arguments["n"] != 2 else { throw ToolFailure.broken }
            return ["file": "a.csv"]
        }
        harness.tools.on("fetch") { _, _ in ["saved_file": "b.csv"] }
        harness.tools.on("use") { call, _ in call.arguments["path"] ?? .null }
        let state = try await harness.run([
            H.step(
                "s1",
                "load",
                arguments: ["n": ["$item": ""]],
                candidates: ["load", "useless", "fetch"],
                forEach: FanOut(list: [1, 2])
            ),
            H.step(
                "s2",
                "use",
                after: ["s1"],
                arguments: ["path": ["$item": "/file"]],
                forEach: FanOut(list: ["$from": "s1", "path": ""])
            ),
        ])
        #expect(state.outcome == .succeeded, "\(state.failure("s1")?.message ?? "")")
        #expect(state.result("s2") == ["a.csv", "b.csv"])
    }

    @Test("A candidate whose result lacks what a later step needs does not take over; the failure says why")
    func incompatibleFallback() async throws {
        let path: JSONValue = ["type": "object", "properties": ["file": ["type": "string", "format": "path"]]]
        let count: JSONValue = ["type": "object", "properties": ["rows": ["type": "integer"]]]
        let harness = H(tools: [H.tool("load", output: path), H.tool("count", output: count), H.tool("use")])
        harness.tools.on("load") { _, _ in throw ToolFailure.broken }
        let state = try await harness.run([
            H.step("s1", "load", candidates: ["load", "count"]),
            H.step("s2", "use", after: ["s1"], arguments: ["path": ["$from": "s1", "path": "/file"]]),
        ])
        #expect(state.outcome == .failed)
        #expect(harness.tools.count("count") == 0)
        #expect(state.failure("s1")?.message.contains("/file") == true)
    }

    @Test("Arguments of the wrong type are put right once, then the next candidate is tried")
    func repair() async throws {
        let schema: JSONValue = [
            "type": "object", "additionalProperties": false,
            "properties": ["n": ["type": "integer"], "tags": ["type": "array"], "mode": ["default": "fast"]],
            "required": ["n", "mode"],
        ]
        let harness = H(tools: [H.tool("strict", input: schema), H.tool("give")])
        harness.tools.on("give") { _, _ in ["n": "12", "tags": "a"] }
        harness.tools.on("strict") { call, _ in
            guard call.arguments["n"]?.intValue != nil else {
                throw ToolFailure(.invalidInput, code: "arguments", "n must be an integer")
            }
            return .object(call.arguments)
        }
        let state = try await harness.run([
            H.step("s0", "give"),
            H.step(
                "s1",
                "strict",
                after: ["s0"],
                arguments: [
                    "n": ["$from": "s0", "path": "/n"], "tags": ["$from": "s0", "path": "/tags"], "mode": "slow",
                ]
            ),
        ])
        #expect(state.result("s1") == ["n": 12, "tags": ["a"], "mode": "slow"])
        #expect(harness.tools.count("strict") == 2)
    }

    @Test(
        "What may have taken effect is tried again only where that does no harm",
        arguments: [
            (readOnly: true, key: false, mayRepeat: true), (false, true, true), (false, false, false),
        ]
    )
    func unknownOutcome(readOnly: Bool, key: Bool, mayRepeat: Bool) async throws {
        let harness = H(tools: [H.tool("send", readOnly: readOnly, key: key)])
        harness.tools.on("send") { _, count in
            guard count > 1 else {
                throw ToolFailure(.transient, code: "lost-connection", "the line broke", effect: .unknown)
            }
            return "sent"
        }
        let state = try await harness.run([H.step("s1", "send")])
        if mayRepeat {
            #expect(state.outcome == .succeeded)
        } else {
            #expect(state.pause == .waiting)
            #expect(state.openQuestions.map(\.question.kind) == [.unknownOutcome])
            #expect(harness.tools.count("send") == 1)
        }
    }

    @Test("An unknown outcome is settled by a person: again, done, or given up")
    func settledByPerson() async throws {
        for (answer, outcome, calls) in [
            (.approve, .succeeded, 2), (.done(["id": 7]), .succeeded, 1), (.deny, .failed, 1),
        ] as [(RunAnswer, RunOutcome, Int)] {
            let harness = H(tools: [H.tool("send", readOnly: false)])
            harness.tools.on("send") { _, count in
                guard count > 1 else {
                    throw ToolFailure(.transient, code: "lost-connection", "the line broke", effect: .unknown)
                }
                return ["id": 8]
            }
            let run = try await harness.create([H.step("s1", "send")])
            try await harness.drive(run)
            let state = try await harness.drive(run, [.answered(TaskID(step: "s1"), answer, by: "me")])
            #expect(state.outcome == outcome)
            #expect(harness.tools.count("send") == calls)
        }
    }

    @Test("A tool that keeps failing is left alone for a while; others take over at once")
    func breaker() async throws {
        var harness = H(tools: [H.tool("down"), H.tool("up")])
        harness.options.limits.concurrency = 1
        harness.options.recovery.attempts = 2
        harness.options.recovery.breakerThreshold = 3
        harness.tools.on("down") { _, _ in throw ToolFailure.busy }
        let steps = (1...10).map { H.step("s\($0)", "down", candidates: ["down", "up"]) }
        let state = try await harness.run(steps)
        #expect(state.outcome == .succeeded)
        #expect(harness.tools.count("down") < 10)
        #expect(harness.tools.count("up") == 10)
    }

    @Test("A run that fails takes back what it did, last first, where it is told to and tools say how")
    func compensation() async throws {
        let undo = ToolCompensation(tool: "delete", arguments: ["id": ["$from": "result", "path": "/id"]])
        for policy in FailurePolicy.allCases {
            var harness = H(tools: [
                H.tool("create", readOnly: false, compensation: undo), H.tool("delete", readOnly: false),
                H.tool("fail"), H.tool("note", readOnly: false),
            ])
            harness.options.onFailure = policy
            harness.tools.on("create") { call, _ in ["id": call.arguments["name"] ?? .null] }
            harness.tools.on("delete") { _, count in
                guard count > 1 else { throw ToolFailure.busy }
                return true
            }
            harness.tools.on("fail") { _, _ in throw ToolFailure.broken }
            let state = try await harness.run([
                H.step("s1", "create", arguments: ["name": "a"]), H.step("s2", "note", after: ["s1"]),
                H.step("s3", "create", after: ["s2"], arguments: ["name": "b"]), H.step("s4", "fail", after: ["s3"]),
            ])
            #expect(state.outcome == .failed)
            let deleted = harness.tools.calls.filter { $0.tool.name == "delete" }.compactMap { $0.arguments["id"] }
            #expect(deleted == (policy == .compensate ? ["b", "b", "a"] : []))
        }
    }

    @Test("Without recovery the first failure is the last")
    func off() async throws {
        var harness = H(tools: [H.tool("flaky"), H.tool("other")])
        harness.options.recovery.isEnabled = false
        harness.tools.on("flaky") { _, _ in throw ToolFailure.busy }
        let state = try await harness.run([H.step("s1", "flaky", candidates: ["flaky", "other"])])
        #expect(state.outcome == .failed)
        #expect(harness.tools.calls.count == 1)
    }
}
