import JSONSchema
import SkillCatalog
import Synchronization
import TestSupport
import Testing

@testable import PlanExecution

@Suite("Calling a skill that is a plan")
struct PlanInvokerTests {
    /// Counts its calls; `stop` waits to be cancelled the first time.
    private final class Counter: ToolInvoker {
        let calls = Mutex<[String]>([])
        let stops = Mutex<Bool>(false)

        func canInvoke(_ tool: Tool, of skill: Skill) -> Bool { skill.id == "base" }

        func invoke(_ call: ToolCall) async throws(ToolFailure) -> ToolResult {
            calls.withLock { $0.append("\(call.tool.name) \(call.arguments["value"]?.serialized() ?? "")") }
            if call.tool.name == "fail" { throw ToolFailure(.permanent, code: "no", "it cannot") }
            if call.tool.name == "stop", stops.withLock({ $0 }) {
                stops.withLock { $0 = false }
                try? await Task.sleep(for: .seconds(60))
                throw ToolFailure(.cancelled, code: "cancelled", "stopped")
            }
            return ToolResult(value: ["value": call.arguments["value"] ?? .null])
        }
    }

    private static func tool(_ name: String, readOnly: Bool = false, destructive: Bool = false) -> Tool {
        Tool(
            name: name,
            description: "Does it.",
            inputSchema: ["type": "object", "properties": ["value": [:]]],
            annotations: ToolAnnotations(readOnlyHint: readOnly, destructiveHint: destructive, idempotentHint: true)
        )
    }

    private static let base = Skill(
        id: "base",
        name: "base",
        description: "Basic tools.",
        tools: [
            tool("look", readOnly: true), tool("add"), tool("fail"), tool("stop"), tool("wipe", destructive: true),
        ],
        origin: SkillOrigin(source: "test", file: "base/SKILL.md")
    )

    /// A skill in a folder whose plan calls these tools one after the other.
    private func skill(
        _ tools: [String],
        in folder: String,
        skill: String = "base",
        destructive: Bool = false,
        value: JSONValue = ["$parameter": "value"]
    ) throws -> Skill {
        let steps = tools.enumerated().map { index, tool -> JSONValue in
            [
                "id": .string("s\(index + 1)"), "subtask": .string(tool), "skill": .string(skill),
                "tool": .string(tool),
                "depends_on": index == 0 ? [] : [.string("s\(index)")], "arguments": ["value": value],
            ]
        }
        let template = PlanTemplate(
            tool: "run_plan",
            plan: ["request": "r", "steps": .array(steps)],
            result: ["last": ["$from": .string("s\(tools.count)"), "path": "/value"]],
            skills: [skill: String?.none]
        )
        try write(template.json.serialized(), to: "\(folder)/plan/plan.json")
        return Skill(
            id: "plan",
            name: "plan",
            description: "A plan.",
            tools: [Self.tool("run_plan", destructive: destructive)],
            origin: SkillOrigin(source: "test", file: "\(folder)/plan/SKILL.md", folder: "\(folder)/plan")
        )
    }

    private func invoker(_ counter: Counter, in folder: String, plan: Skill? = nil) async throws -> any ToolInvoker {
        let provider = ToolInvokerProvider.standard(
            sandbox: .off,
            additional: [counter],
            lookUp: { id, _ in id == "base" ? [Self.base] : id == "plan" ? [plan].compactMap(\.self) : [] }
        )
        return try await provider.invoker(
            for: RunWorkspace(folder: "\(folder)/work", results: "\(folder)/results")
        )
    }

    private func call(_ skill: Skill, _ arguments: JSONObject = ["value": 7], key: String = "k") throws -> ToolCall {
        let tool = try #require(skill.tools.first)
        return ToolCall(skill: skill, tool: tool, arguments: arguments, idempotencyKey: key)
    }

    private func failure(_ call: ToolCall, _ invoker: any ToolInvoker) async throws -> ToolFailure {
        do throws(ToolFailure) {
            let result = try await invoker.invoke(call)
            Issue.record("it returned \(result.value.serialized())")
            throw ToolFailure(.permanent, code: "none", "it returned")
        } catch {
            return error
        }
    }

    @Test("its steps are called with the values of the call, and its result is put together from theirs")
    func works() async throws {
        try await withTemporaryFolder { folder in
            let counter = Counter()
            let invoker = try await invoker(counter, in: folder)
            let skill = try skill(["look", "add"], in: folder)
            #expect(try await invoker.invoke(try call(skill)).value == ["last": 7])
            #expect(counter.calls.withLock { $0 } == ["look 7", "add 7"])
            _ = try await invoker.invoke(try call(skill))
            #expect(counter.calls.withLock { $0.count } == 2, "the same call, by its key, is made once")
            _ = try await invoker.invoke(try call(skill, key: "other"))
            #expect(counter.calls.withLock { $0.count } == 4)
        }
    }

    @Test("a call that was stopped goes on where it was when it is made again")
    func resumes() async throws {
        try await withTemporaryFolder { folder in
            let counter = Counter()
            counter.stops.withLock { $0 = true }
            let skill = try skill(["add", "stop", "look"], in: folder)
            let first = try await invoker(counter, in: folder)
            let stopped = try call(skill)
            let task = Task { () async -> ToolFailure? in
                do throws(ToolFailure) {
                    _ = try await first.invoke(stopped)
                    return nil
                } catch {
                    return error
                }
            }
            while counter.calls.withLock({ $0.count }) < 2 { await Task.yield() }
            task.cancel()
            let failure = try #require(await task.value)
            #expect(failure.kind == .cancelled && failure.effect == .unknown)
            let second = try await invoker(counter, in: folder)
            #expect(try await second.invoke(stopped).value == ["last": 7])
            #expect(counter.calls.withLock { $0 } == ["add 7", "stop 7", "stop 7", "look 7"])
        }
    }

    @Test("a step that fails fails the call, with what was done before; nothing done means no effect")
    func fails() async throws {
        try await withTemporaryFolder { folder in
            let invoker = try await invoker(Counter(), in: folder)
            let before = try await failure(try call(skill(["look", "fail"], in: folder), key: "a"), invoker)
            #expect(before.message == "plan.run_plan failed in step s2 (base.fail) after 1 of 2 steps: it cannot")
            #expect(before.effect == .none)
            let after = try await failure(try call(skill(["add", "fail"], in: folder), key: "b"), invoker)
            #expect(after.effect == .unknown)
        }
    }

    @Test("what nobody agreed to is refused before the first step: hidden destruction, and tools that a rule speaks of")
    func consent() async throws {
        try await withTemporaryFolder { folder in
            let counter = Counter()
            let invoker = try await invoker(counter, in: folder)
            let hidden = try await failure(try call(skill(["add", "wipe"], in: folder)), invoker)
            #expect(hidden.kind == .policy)
            #expect(
                hidden.message.contains("base.wipe, which may destroy something, though run_plan says that it does not")
            )
            var ruled = try call(skill(["add", "look"], in: folder))
            ruled.rules = ApprovalRules([ApprovalRules.Rule("base.look", .deny)])
            #expect(try await failure(ruled, invoker).message.contains("may not be called here"))
            #expect(counter.calls.withLock { $0.isEmpty })
            _ = try await invoker.invoke(try call(skill(["wipe"], in: folder, destructive: true)))
            #expect(counter.calls.withLock { $0 } == ["wipe 7"])
        }
    }

    @Test("a plan that calls itself ends, and says why")
    func itself() async throws {
        try await withTemporaryFolder { folder in
            let skill = try skill(["run_plan"], in: folder, skill: "plan")
            let failure = try await failure(try call(skill), try await invoker(Counter(), in: folder, plan: skill))
            #expect(failure.message.contains("is called by itself, or by more than 4 plans in each other"))
        }
    }

    @Test("files that are no plan, missing skills, and values that pose as references are refused in words")
    func badInput() async throws {
        try await withTemporaryFolder { folder in
            let invoker = try await invoker(Counter(), in: folder)
            let good = try skill(["look"], in: folder)
            let posing = try await failure(try call(good, ["value": ["$from": "s1", "path": ""]]), invoker)
            #expect(posing.message.contains("which only a plan may have"))
            let lacking = try await failure(try call(good, [:]), invoker)
            #expect(lacking.message.contains("the argument value is missing"))
            let stranger = try await failure(try call(skill(["look"], in: folder, skill: "gone")), invoker)
            #expect(stranger.message.contains("needs the skill gone, which is not installed here"))
            let unknown = try await failure(try call(skill(["dance"], in: folder)), invoker)
            #expect(unknown.message.contains("dance"))
            for text in ["", "{", "[]", #"{"format": "skillweaver-plan-1"}"#, String(repeating: "[", count: 100_000)] {
                try write(text, to: "\(folder)/plan/plan.json")
                #expect(try await failure(try call(good), invoker).code == "no-invoker")
            }
            let broken = PlanTemplate(tool: "run_plan", plan: ["steps": 3], result: .null, skills: [:])
            try write(broken.json.serialized(), to: "\(folder)/plan/plan.json")
            #expect(try await failure(try call(good), invoker).message.contains("plan.json holds no plan"))
        }
    }
}
