import JSONSchema
import ModelContextProtocol
import Observability
import TestSupport
import Testing

@Suite("What an MCP server says of its requests")
struct ServerTelemetryTests {
    private static let caller = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

    private func ask(_ method: String, _ parameters: JSONObject, trace: String? = caller) async -> Message.Response {
        var parameters = parameters
        var meta: JSONObject = [
            MetaKey.protocolVersion: .string(ProtocolVersion.v2026_07_28.rawValue), MetaKey.clientCapabilities: [:],
        ]
        if let trace { meta["traceparent"] = .string(trace) }
        parameters[MetaKey.meta] = .object(meta)
        let request = Message.Request(id: .integer(7), method: method, parameters: parameters)
        let link = ClientLink(principal: "x", notify: { _ in })
        return await MCPServer(SampleSurface()).respond(to: request, link)
    }

    @Test("a call of a tool is a span below the client's, linked to the transport's")
    func call() async throws {
        let recording = TelemetryRecording()
        await Telemetry.$current.withValue(recording.telemetry) {
            await withSpan("POST /mcp") { _ in
                _ = await ask(Method.callTool, ["name": "add", "arguments": ["a": 1, "b": 2]])
            }
        }
        let span = try #require(recording.spans(named: "tools/call add").first)
        #expect(span.kind == .server)
        #expect(span.parent?.traceparent == Self.caller && span.parent?.isRemote == true)
        #expect(span.attributes[.mcpMethod] == "tools/call" && span.attributes[.toolName] == "add")
        #expect(span.attributes[.operationName] == "execute_tool" && span.attributes[.requestID] == "7")
        #expect(span.attributes[.mcpProtocolVersion] == "2026-07-28")
        #expect(span.links.map(\.context.spanID) == recording.spans(named: "POST /mcp").map(\.context.spanID))
        #expect(
            recording.count("mcp.server.operation.duration", where: [.mcpMethod: "tools/call", .toolName: "add"]) == 1
        )
    }

    @Test("errors are errors, and a method nobody knows is no new name")
    func errors() async throws {
        let recording = TelemetryRecording()
        await Telemetry.$current.withValue(recording.telemetry) {
            _ = await ask("no/such/planted", [:], trace: "broken")
            _ = await ask(Method.callTool, ["arguments": [:]])
        }
        #expect(recording.spans.map(\.name) == ["_OTHER", "tools/call"])
        #expect(recording.spans.map { $0.attributes[.errorType] } == ["-32601", "-32602"])
        #expect(recording.spans.first?.parent == nil)
        #expect(
            recording.count("mcp.server.operation.duration", where: [.errorType: "-32601", .mcpMethod: "_OTHER"]) == 1
        )
        #expect(!recording.everything.contains("planted"))
    }
}
