public import SkillCatalog

/// Calls tools of one kind: Python functions, executables, HTTP operations, closures, MCP servers.
///
/// An invoker belongs to one run or session and keeps what its calls share, such as a worker process for each skill. It is
/// safe to call it from many tasks at once.
public protocol ToolInvoker: Sendable {
    /// This invoker knows how to call that tool.
    func canInvoke(_ tool: Tool, of skill: Skill) -> Bool

    /// Makes one attempt. Cancelling the task stops the tool: nothing it started is alive when this returns.
    ///
    /// Arguments are valid by the input schema when they come here, and the result is checked by the caller.
    /// - Throws: `ToolFailure`, and nothing else; a cancelled call throws one of kind `cancelled`.
    func invoke(_ call: ToolCall) async throws(ToolFailure) -> ToolResult

    /// What calls of that tool depend on and calls of other tools may share: the origin of an HTTP API, an MCP server. When
    /// it fails, all of them are left alone for a while; nil for a tool that shares at most its skill.
    func server(of tool: Tool, of skill: Skill) -> String?

    /// Ends what the calls shared; no call may follow.
    func close() async
}

extension ToolInvoker {
    public func server(of tool: Tool, of skill: Skill) -> String? { nil }
    public func close() async {}
}
