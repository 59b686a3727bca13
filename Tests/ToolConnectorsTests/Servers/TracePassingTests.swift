import JSONSchema
import ModelContextProtocol
import Observability
import PlanExecution
import SkillCatalog
import TestSupport
import Testing
import ToolConnectors

@Suite("The trace of a caller", .serialized)
struct TracePassingTests {
    private static let caller = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    /// Answers a call with the `_meta` it came with.
    private static let server = """
        import json, sys
        for line in sys.stdin:
            m = json.loads(line)
            if "id" not in m: continue
            if m["method"] == "initialize":
                r = {"protocolVersion": "2025-11-25", "capabilities": {"tools": {}}, "serverInfo": {"name": "t", "version": "1"}}
            elif m["method"] == "tools/list":
                r = {"tools": [{"name": "meta", "description": "Say what came.", "inputSchema": {"type": "object"}}]}
            elif m["method"] == "tools/call":
                said = json.dumps(m["params"].get("_meta", {}))
                r = {"content": [{"type": "text", "text": said}], "isError": "fail" in m["params"].get("arguments", {})}
            else:
                print(json.dumps({"jsonrpc": "2.0", "id": m["id"], "error": {"code": -32601, "message": "no"}}), flush=True)
                continue
            print(json.dumps({"jsonrpc": "2.0", "id": m["id"], "result": r}), flush=True)
        """

    /// What the server behind a gateway was told when a client of the gateway called it.
    private func seen(_ telemetry: Telemetry, _ arguments: JSONObject = [:]) async throws -> String {
        try await withTemporaryFolder { folder in
            try write(Self.server, to: "\(folder)/server.py")
            let settings = MCPServerSettings(isTrusted: true, startTimeout: .seconds(20), callTimeout: .seconds(20))
            let configuration = MCPServerConfiguration(
                name: "s",
                transport: .stdio(.init(command: "python3", arguments: ["\(folder)/server.py"])),
                settings: settings
            )
            return try await ServerFixture.with([configuration]) { pool in
                let pins = try MCPToolPins(file: nil)
                let (skills, remarks) = try await ServerFixture.read(ServerFixture.source(pool, pins))
                let skill = try #require(skills.first { $0.tool(named: "meta") != nil }, "\(remarks)")
                let gateway = ForwardingSurface(invoker: MCPInvoker(pool: pool, pins: pins), skill: skill)
                let meta: JSONObject = [
                    MetaKey.protocolVersion: .string(ProtocolVersion.v2026_07_28.rawValue),
                    MetaKey.clientCapabilities: [:], "traceparent": .string(Self.caller), "tracestate": "a=1",
                    "baggage": "user=planted",
                ]
                let request = Message.Request(
                    id: .integer(1),
                    method: Method.callTool,
                    parameters: ["name": "meta", "arguments": .object(arguments), MetaKey.meta: .object(meta)]
                )
                let link = ClientLink(principal: "x", notify: { _ in })
                let response = await Telemetry.$current.withValue(telemetry) {
                    await MCPServer(gateway).respond(to: request, link)
                }
                return JSONValue.object(try response.outcome.get()).serialized()
            }
        }
    }

    @Test("goes on to the server behind, also where nothing is recorded here")
    func off() async throws {
        let seen = try await seen(.off)
        #expect(seen.contains(Self.caller) && seen.contains("a=1"))
        #expect(!seen.contains("planted"))
    }

    @Test("is joined by the spans of the gateway and of its client")
    func on() async throws {
        let recording = TelemetryRecording()
        let seen = try await seen(recording.telemetry)
        let server = try #require(recording.spans.first { $0.kind == .server && $0.name == "tools/call meta" })
        let client = try #require(recording.spans.first { $0.kind == .client && $0.name == "tools/call meta" })
        #expect(server.parent?.traceparent == Self.caller)
        #expect(client.parent?.spanID == server.context.spanID)
        #expect(client.context.traceID == server.context.traceID)
        #expect(client.attributes[.networkTransport] == "pipe")
        #expect(seen.contains(client.context.traceparent))
        #expect(recording.count("mcp.client.operation.duration", where: [.toolName: "meta"]) == 1)
    }

    @Test("a result that is an error makes the call an error")
    func toolError() async throws {
        let recording = TelemetryRecording()
        _ = try? await seen(recording.telemetry, ["fail": true])
        let client = try #require(recording.spans.first { $0.kind == .client && $0.name == "tools/call meta" })
        #expect(client.attributes[.errorType] == "tool_error")
        #expect(recording.count("mcp.client.operation.duration", where: [.errorType: "tool_error"]) == 1)
    }
}

/// A server that hands every call on to a tool of another.
private struct ForwardingSurface: ServerSurface {
    let invoker: MCPInvoker
    let skill: Skill

    let identity = Implementation(name: "gateway", version: "1")
    let instructions: String? = nil
    let capabilities = ServerCapabilities(tools: ListCapability())
    let listLifetime = CacheHint(ttlMs: 0, scope: .private)

    func tools(after cursor: String?) async throws -> ToolsPage { ToolsPage([]) }

    func callTool(_ call: ToolRequest, _ context: RequestContext) async throws -> ToolReply {
        guard let tool = skill.tool(named: call.name) else { throw ProtocolError.invalidParameters("no such tool") }
        let call = ToolCall(skill: skill, tool: tool, arguments: call.arguments, idempotencyKey: "k")
        // Runs are driven in tasks of their own.
        let result = try await Task { try await invoker.invoke(call) }.value
        return .result(CallToolResult(content: [.text(result.value.serialized())]))
    }

    func resources(after cursor: String?) async throws -> ResourcesPage { throw ProtocolError.methodNotFound("x") }
    func resourceTemplates(after cursor: String?) async throws -> ResourceTemplatesPage {
        throw ProtocolError.methodNotFound("x")
    }
    func readResource(_ uri: String, _ context: RequestContext) async throws -> ReadResourceResult {
        throw ProtocolError.methodNotFound("x")
    }
    func task(_ id: String, _ context: RequestContext) async throws -> ModelContextProtocol.TaskState {
        throw ProtocolError.methodNotFound("x")
    }
    func updateTask(_ id: String, _ answers: JSONObject, _ context: RequestContext) async throws {}
    func cancelTask(_ id: String, _ context: RequestContext) async throws {}
    func changes() -> AsyncStream<SurfaceChange>? { nil }
}
