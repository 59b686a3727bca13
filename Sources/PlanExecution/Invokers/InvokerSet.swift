public import SkillCatalog

/// Several invokers as one: each tool is called by the first that knows how.
public struct InvokerSet: ToolInvoker {
    private let invokers: [any ToolInvoker]

    public init(_ invokers: [any ToolInvoker]) { self.invokers = invokers }

    public func canInvoke(_ tool: Tool, of skill: Skill) -> Bool {
        invokers.contains { $0.canInvoke(tool, of: skill) }
    }

    public func server(of tool: Tool, of skill: Skill) -> String? {
        invokers.first { $0.canInvoke(tool, of: skill) }?.server(of: tool, of: skill)
    }

    public func invoke(_ call: ToolCall) async throws(ToolFailure) -> ToolResult {
        guard let invoker = invokers.first(where: { $0.canInvoke(call.tool, of: call.skill) }) else {
            let why =
                call.skill.origin.folder == nil
                ? "it says what it does and comes without an implementation; a program can bring one with an invoker"
                : "its skill has neither tools.py nor scripts/\(call.tool.name)"
            throw ToolFailure(.permanent, code: "no-invoker", "nothing here can call \(call.qualifiedName): \(why)")
        }
        return try await invoker.invoke(call)
    }

    public func close() async {
        for invoker in invokers { await invoker.close() }
    }
}
