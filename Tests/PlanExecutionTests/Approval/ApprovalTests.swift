import JSONSchema
import PlanComposition
import PlanExecution
import SkillCatalog
import Synchronization
import Testing

@Suite("Approval")
struct ApprovalTests {
    private typealias H = RunHarness

    private func harness(_ mode: ApprovalMode = .ask, rules: ApprovalRules = ApprovalRules()) -> RunHarness {
        // No annotations at all: it counts as destructive.
        var harness = H(tools: [Tool(name: "wipe", description: "Wipes."), H.tool("read")])
        harness.options.approval = mode
        harness.rules = rules
        return harness
    }

    private let steps = [
        RunHarness.step("s1", "read"), RunHarness.step("s2", "wipe", after: ["s1"], arguments: ["disk": "/dev/x"]),
    ]

    @Test("A destructive call waits for a person, with the exact arguments, and goes on after the answer")
    func waits() async throws {
        for (answer, outcome) in [(.approve, .succeeded), (.deny, .failed)] as [(RunAnswer, RunOutcome)] {
            let harness = harness()
            let run = try await harness.create(steps)
            let waiting = try await harness.drive(run)
            #expect(waiting.pause == .waiting)
            #expect(waiting.openQuestions.map(\.question.arguments) == [["disk": "/dev/x"]])
            #expect(harness.tools.count("wipe") == 0)
            let state = try await harness.drive(run, [.answered(TaskID(step: "s2"), answer, by: "me")])
            #expect(state.outcome == outcome)
            #expect(harness.tools.count("wipe") == (answer == .approve ? 1 : 0))
            #expect(harness.tools.count("read") == 1)
        }
    }

    @Test("Resuming without an answer waits again and calls nothing")
    func stillWaits() async throws {
        let harness = harness()
        let run = try await harness.create(steps)
        try await harness.drive(run)
        let state = try await harness.drive(run)
        #expect(state.pause == .waiting)
        #expect(harness.tools.calls.count == 1)
    }

    @Test("Whoever sits before the program is asked at once")
    func prompts() async throws {
        let harness = harness()
        let run = try await harness.create(steps)
        let asked = Mutex<[OpenQuestion]>([])
        let state = try await harness.drive(run) { open in
            asked.withLock { $0.append(open) }
            return .approve
        }
        #expect(state.outcome == .succeeded)
        #expect(asked.withLock { $0.map(\.task) } == [TaskID(step: "s2")])
    }

    @Test("The mode decides where no rule does, and a rule counts more than the mode")
    func modes() async throws {
        typealias Rule = ApprovalRules.Rule
        let cases: [(ApprovalMode, [Rule], RunOutcome?)] = [
            (.auto, [], .succeeded), (.deny, [], .failed), (.ask, [Rule("t.*", .allow)], .succeeded),
            (.auto, [Rule("t.wipe", .deny)], .failed), (.auto, [Rule("t.w*", .ask)], nil),
            (.ask, [Rule("*", .deny), Rule("t.*", .allow)], .succeeded),
        ]
        for (mode, rules, outcome) in cases {
            let harness = harness(mode, rules: ApprovalRules(rules))
            let state = try await harness.run(steps)
            #expect(state.outcome == outcome, "\(mode) \(rules)")
        }
    }

    @Test("An approval is for one call: other arguments after a repair are put before the person again")
    func otherArguments() async throws {
        let schema: JSONValue = ["type": "object", "properties": ["n": ["type": "integer"]]]
        let harness = RunHarness(tools: [Tool(name: "wipe", description: "", inputSchema: schema), H.tool("give")])
        harness.tools.on("give") { _, _ in "3" }
        harness.tools.on("wipe") { call, _ in
            guard call.arguments["n"]?.intValue != nil else {
                throw ToolFailure(.invalidInput, code: "arguments", "n must be an integer")
            }
            return true
        }
        let run = try await harness.create([
            H.step("s0", "give"),
            H.step("s1", "wipe", after: ["s0"], arguments: ["n": ["$from": "s0", "path": ""]]),
        ])
        let asked = Mutex<[JSONObject]>([])
        try await harness.drive(run) { open in
            asked.withLock { $0.append(open.question.arguments) }
            return .approve
        }
        #expect(asked.withLock(\.self) == [["n": "3"], ["n": 3]])
    }

    @Test("What the plan leaves open is asked for, and the answer becomes the argument")
    func question() async throws {
        let schema: JSONValue = ["type": "object", "properties": ["url": ["type": "string"]], "required": ["url"]]
        let harness = RunHarness(tools: [H.tool("get", input: schema)])
        let run = try await harness.create(
            [H.step("s1", "get")],
            questions: [PlanQuestion(step: "s1", argument: "url", text: "Which URL?")]
        )
        let waiting = try await harness.drive(run)
        #expect(waiting.openQuestions.map(\.question.text) == ["Which URL?"])
        let state = try await harness.drive(run, [.answered(TaskID(step: "s1"), .value("http://a"), by: "me")])
        #expect(state.outcome == .succeeded)
        #expect(harness.tools.calls.map(\.arguments) == [["url": "http://a"]])
    }

    @Test(
        "Patterns name tools",
        arguments: [
            ("git.*", "git.commit", true), ("git.*", "gitlab.push", false), ("*.delete*", "file-ops.delete_file", true),
            ("*", "a.b", true), ("a.b", "a.bc", false), ("a*b*c", "axxbyyc", true), ("a*a", "a", false),
        ]
    )
    func patterns(pattern: String, name: String, matches: Bool) {
        #expect(ApprovalRules.Rule(pattern, .allow).matches(name) == matches)
    }

    @Test("Rules with a word that is not understood are refused")
    func malformedRules() {
        for json in [[:], ["rules": [["tool": "x"]]], ["rules": [["tool": "x", "approve": "maybe"]]]] as [JSONValue] {
            #expect(throws: ApprovalRules.SyntaxError.self) { try ApprovalRules(json: json) }
        }
    }
}
