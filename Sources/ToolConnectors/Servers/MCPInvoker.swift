import HTTPTransport
import JSONSchema
import ModelContextProtocol
public import PlanExecution
public import SkillCatalog

/// Calls tools of MCP servers.
///
/// The servers outlive a run or session: closing this invoker ends none of them.
public struct MCPInvoker: ToolInvoker {
    private let pool: MCPServerPool
    private let pins: MCPToolPins

    package init(pool: MCPServerPool, pins: MCPToolPins) {
        self.pool = pool
        self.pins = pins
    }

    public func canInvoke(_ tool: SkillCatalog.Tool, of skill: Skill) -> Bool {
        MCPToolRecord.server(of: skill).map { pool.connection($0) != nil } ?? false
    }

    public func server(of tool: SkillCatalog.Tool, of skill: Skill) -> String? { MCPToolRecord.server(of: skill) }

    public func invoke(_ call: ToolCall) async throws(ToolFailure) -> ToolResult {
        guard let server = MCPToolRecord.server(of: call.skill), let connection = pool.connection(server) else {
            throw ToolFailure(
                .permanent,
                code: "no-server",
                "the MCP server of \(call.qualifiedName) is not configured here; name its configuration with --config"
            )
        }
        let wireName = MCPToolRecord.wireName(of: call.tool.name, in: call.skill)
        guard !pins.isPending(wireName, of: server) else {
            throw ToolFailure(
                .policy,
                code: "definition-changed",
                "the server '\(Excerpt.of(server))' has changed the definition of \(call.tool.name) since it was accepted; "
                    + "a person has to look at it: skillweaver mcp accept \(Excerpt.of(server))"
            )
        }
        let timeout = min(call.limits.deadline, connection.configuration.settings.callTimeout)
        do {
            let result = try await connection.call(wireName, call.arguments, RequestOptions(timeout: timeout))
            return try MCPResults.value(of: result, call)
        } catch {
            throw MCPFailures.failure(error, call, isRepeatable: call.tool.annotations.isRepeatable)
        }
    }
}
