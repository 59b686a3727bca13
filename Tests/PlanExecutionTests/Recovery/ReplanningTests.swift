import JSONSchema
import PlanComposition
import PlanExecution
import SkillCatalog
import Synchronization
import Testing

@Suite("A step that no candidate can do, and another way")
struct ReplanningTests {
    private typealias H = RunHarness

    /// s1 gives, s2 fails for good, s3 uses what s2 gave, s4 has nothing to do with it.
    private static let steps = [
        H.step("s1", "give"),
        H.step("s2", "broken", after: ["s1"], arguments: ["n": ["$from": "s1", "path": "/n"]], candidates: ["broken"]),
        H.step("s3", "use", after: ["s2"], arguments: ["file": ["$from": "s2", "path": "/file"]]),
        H.step("s4", "other"),
    ]

    private static let spare = H.skill("spare", [H.tool("make"), H.tool("fails"), H.tool("worse")])

    private func harness(_ replanner: ScriptedReplanner, store: any RunStore = MemoryRunStore()) -> H {
        let tools = ["give", "broken", "use", "other"].map { H.tool($0) }
        var harness = H(tools: tools, store: store)
        harness.counsel = RunCounsel(replanner: replanner)
        harness.tools.on("give") { _, _ in ["n": 7] }
        harness.tools.on("broken") { _, _ in throw ToolFailure.broken }
        harness.tools.on("fails") { _, _ in throw ToolFailure.broken }
        harness.tools.on("worse") { _, _ in throw ToolFailure.broken }
        harness.tools.on("make") { call, _ in ["saved": call.arguments["n"] ?? .null] }
        harness.tools.on("use") { call, _ in call.arguments["file"] ?? .null }
        return harness
    }

    /// Another tool for s2, whose result s3 takes from another place.
    private static func newPlan(_ plan: Plan, tool: String = "make") -> Plan {
        var plan = plan
        (plan.steps[1].skill, plan.steps[1].tool, plan.steps[1].candidates) = ("spare", tool, [])
        plan.steps[2].arguments = ["file": ["$from": "s2", "path": "/saved"]]
        return plan
    }

    @Test("The step and those behind it are done another way; what was done is not done again")
    func replanned() async throws {
        let replanner = ScriptedReplanner([Self.spare]) { request, _ in
            #expect(request.failed == ["t.broken"] && request.changeable == ["s2", "s3"])
            #expect(request.kept.contains("s1") && request.failure.code == "broken")
            return Self.newPlan(request.plan)
        }
        let harness = harness(replanner)
        let state = try await harness.run(Self.steps)
        #expect(state.outcome == .succeeded, "\(state.failure("s2")?.message ?? "")")
        #expect(state.result("s3") == 7)
        #expect(harness.tools.count("give") == 1 && harness.tools.count("other") == 1)
        #expect(replanner.count == 1)

        let report = try await RunReport.of("run-1", in: harness.store)
        #expect(report.steps[1].tools == ["t.broken", "spare.make"])
        #expect(report.text.contains("planned anew by scripted: s2 with spare.make, s3 with t.use, because"))
        #expect(report.steps[2].history.contains { $0.text.contains("because of s2") })
        for transition in try await harness.transitions() {
            #expect(try RunTransition(json: transition.json) == transition)
        }
    }

    @Test("A run that is killed at any moment goes on with the new way, and repeats no completed step")
    func killed() async throws {
        let replanner = ScriptedReplanner([Self.spare]) { request, _ in Self.newPlan(request.plan) }
        let whole = harness(replanner)
        try await whole.run(Self.steps)
        let definition = try await whole.store.definition(of: "run-1")
        let entries = try await whole.store.entries(of: "run-1", after: 0, limit: 1_000)
        for length in 1...entries.count {
            let store = MemoryRunStore()
            try await store.create(definition)
            for entry in entries.prefix(length) {
                try await store.append(
                    [entry.transition],
                    to: "run-1",
                    after: entry.sequence - 1,
                    at: entry.at,
                    phase: nil
                )
            }
            let again = harness(replanner, store: store)
            let state = try await again.drive("run-1")
            #expect(state.outcome == .succeeded, "after \(length) entries")
            #expect(state.replannings == 1)
            let done = entries.prefix(length).compactMap { entry in
                if case .succeeded(let task, _, _, _) = entry.transition { task.step } else { nil }
            }
            let tools = ["s1": "give", "s2": "make", "s3": "use", "s4": "other"]
            for step in done { #expect(again.tools.count(tools[step] ?? "") == 0, "after \(length) entries") }
        }
    }

    @Test("Twice in a run, and never with what failed")
    func bounded() async throws {
        let replanner = ScriptedReplanner([Self.spare]) { request, count in
            Self.newPlan(request.plan, tool: ["fails", "worse", "make"][count - 1])
        }
        let harness = harness(replanner)
        let state = try await harness.run(Self.steps)
        #expect(state.outcome == .failed && replanner.count == 2 && state.replannings == 2)
        #expect(harness.tools.calls.map(\.tool.name).filter { $0 != "other" } == ["give", "broken", "fails", "worse"])
    }

    @Test("Two dead ends at once are seen to one after the other, and what is behind both gets both")
    func twoAtOnce() async throws {
        let replanner = ScriptedReplanner([Self.spare]) { request, count in
            let position = request.plan.steps.firstIndex { $0.id == request.step } ?? 0
            #expect(request.plan.steps[..<2].count { $0.skill == "spare" } == count - 1)
            var plan = request.plan
            (plan.steps[position].skill, plan.steps[position].tool) = ("spare", "make")
            plan.steps[2].arguments?["\(request.step)"] = ["$from": .string(request.step), "path": "/saved"]
            return plan
        }
        let harness = harness(replanner)
        let state = try await harness.run([
            H.step("a", "broken", arguments: ["n": 1], candidates: ["broken"]),
            H.step("b", "broken", arguments: ["n": 2], candidates: ["broken"]),
            H.step("c", "other", after: ["a", "b"], arguments: ["a": 0, "b": 0]),
        ])
        #expect(state.outcome == .succeeded && state.replannings == 2)
        #expect(harness.tools.calls.last?.arguments == ["a": 1, "b": 2])
    }

    @Test("Where nothing better is known the step fails, and the report says so")
    func refused() async throws {
        let harness = harness(ScriptedReplanner([]) { _, _ in throw ReplanRefusal("no other skill fits") })
        let state = try await harness.run(Self.steps)
        #expect(state.failure("s2")?.message == "it does not work; no other way was found (no other skill fits)")
        let report = try await RunReport.of("run-1", in: harness.store)
        #expect(report.text.contains("scripted knows no other way: no other skill fits"))
    }

    @Test("A step for which the plan names one tool and no candidates is left as it is")
    func pinned() async throws {
        let replanner = ScriptedReplanner([Self.spare]) { request, _ in Self.newPlan(request.plan) }
        var steps = Self.steps
        steps[1].candidates = []
        let state = try await harness(replanner).run(steps)
        #expect(state.outcome == .failed && replanner.count == 0)
    }

    @Test("Runs that were kept before plans could change are read as ever")
    func olderRuns() async throws {
        let harness = harness(ScriptedReplanner([]) { _, _ in throw ReplanRefusal("") })
        let definition = try await harness.store.definition(of: try await harness.create(Self.steps))
        var members = try #require(definition.json.objectValue)
        var options = try #require(members["options"]?.objectValue)
        var recovery = try #require(options["recovery"]?.objectValue)
        recovery["replannings"] = nil
        options["recovery"] = .object(recovery)
        members["options"] = .object(options)
        #expect(try RunDefinition(json: .object(members)) == definition)
    }

    private static let unfitPlans: [(why: String, change: @Sendable (inout Plan) -> Void)] = [
        ("has other steps", { (plan: inout Plan) in _ = plan.steps.popLast() }),
        ("changes s1", { $0.steps[0].arguments = ["again": true] }),
        ("no other tool for s2", { ($0.steps[1].skill, $0.steps[1].tool) = ("t", "broken") }),
        ("no skill was found for s2", { $0.steps[1].tool = "unheard-of" }),
        ("the result of s9", { $0.steps[2].arguments = ["file": ["$from": "s9", "path": ""]] }),
        ("result of s4", { $0.steps[1].arguments = ["n": ["$from": "s4", "path": ""]] }),
        ("cannot run", { $0.steps[2].dependsOn = ["s2", "s3"] }),
    ]

    @Test("What cannot run, or touches what has begun, is not taken", arguments: 0..<7)
    func unfit(number: Int) async throws {
        let (why, change) = Self.unfitPlans[number]
        let harness = harness(
            ScriptedReplanner([Self.spare]) { request, _ in
                var plan = Self.newPlan(request.plan)
                change(&plan)
                return plan
            }
        )
        let state = try await harness.run(Self.steps)
        let message = state.failure("s2")?.message ?? ""
        #expect(message.contains(why), "\(message)")
        #expect(harness.tools.count("make") == 0)
    }
}

/// A replanner whose way is written beforehand.
final class ScriptedReplanner: Replanner {
    typealias Way = @Sendable (ReplanRequest, _ count: Int) throws -> Plan

    let name = "scripted"
    private let skills: [String: Skill]
    private let way: Way
    private let calls = Mutex(0)

    init(_ skills: [Skill], _ way: @escaping Way) {
        self.skills = Dictionary(skills.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.way = way
    }

    var count: Int { calls.withLock { $0 } }

    func replan(_ request: ReplanRequest) async throws -> ReplanProposal {
        let count = calls.withLock { calls in
            calls += 1
            return calls
        }
        return ReplanProposal(plan: try way(request, count), skills: skills)
    }
}
