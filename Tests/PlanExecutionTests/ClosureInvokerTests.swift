import JSONSchema
import PlanExecution
import SkillCatalog
import Testing

@Suite("Closures as tools")
struct ClosureInvokerTests {
    private static let skill = Skill(
        id: "math",
        name: "math",
        description: "Arithmetic.",
        tools: [Tool(name: "double", description: "Twice a number."), Tool(name: "fail", description: "Fails.")],
        origin: SkillOrigin(source: "test", file: "test")
    )

    private static let invoker = ClosureInvoker([
        "math.double": { arguments in
            guard let value = arguments["value"]?.intValue else {
                throw ToolFailure(.invalidInput, code: "no-number", "value must be a number")
            }
            return JSONValue(value * 2)
        },
        "math.fail": { _ in throw CancellationError() },
    ])

    private func call(_ tool: String, _ arguments: JSONObject) async throws -> JSONValue {
        let tool = Tool(name: tool, description: "")
        let call = ToolCall(skill: Self.skill, tool: tool, arguments: arguments, idempotencyKey: "k")
        return try await Self.invoker.invoke(call).value
    }

    @Test("a closure gets the arguments, and what it returns is the result")
    func result() async throws {
        let value = try await call("double", ["value": 21])
        #expect(value == 42)
    }

    @Test("a failure keeps its kind, and a cancelled closure is a cancelled call")
    func failures() async throws {
        let wrong = await #expect(throws: ToolFailure.self) { try await call("double", [:]) }
        #expect(wrong?.kind == .invalidInput)
        let cancelled = await #expect(throws: ToolFailure.self) { try await call("fail", [:]) }
        #expect(cancelled?.kind == .cancelled)
    }

    @Test("a tool without a closure cannot be invoked", arguments: ["triple", "double"])
    func knowledge(name: String) {
        let tool = Tool(name: name, description: "")
        #expect(Self.invoker.canInvoke(tool, of: Self.skill) == (name == "double"))
    }
}
