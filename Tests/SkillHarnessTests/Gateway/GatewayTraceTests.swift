import JSONSchema
import ModelContextProtocol
import Observability
import PlanExecution
import SkillHarness
import TestSupport
import Testing

@Suite(
    "The trace of a gateway's client",
    .enabled(if: Installed.encoder != nil && Installed.runtime != nil, Installed.encoderAbsence)
)
struct GatewayTraceTests {
    @Test("goes through plan, run and tool, in tasks of their own too")
    func trace() async throws {
        let recording = TelemetryRecording()
        try await Telemetry.$current.withValue(recording.telemetry) {
            try await GatewayFixture.with(approval: .auto) { fixture in
                let meta: JSONObject = [
                    MetaKey.protocolVersion: .string(ProtocolVersion.v2026_07_28.rawValue),
                    MetaKey.clientCapabilities: [:],
                    "traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                ]
                let call: JSONObject = ["tool": "clock.time_in", "arguments": ["city": "planted-city"]]
                let parameters: JSONObject = [
                    "name": "call_tool", "arguments": .object(call), MetaKey.meta: .object(meta),
                ]
                let request = Message.Request(id: .integer(1), method: Method.callTool, parameters: parameters)
                let link = ClientLink(principal: "ann", notify: { _ in })
                let response = await MCPServer(fixture.gateway).respond(to: request, link)
                let result = try response.outcome.get()
                #expect(result["isError"] != true)
            }
        }
        let tool = try #require(recording.spans(named: "execute_tool time_in").first)
        let server = try #require(recording.spans(named: "tools/call call_tool").first)
        #expect(server.parent?.spanID.description == "00f067aa0ba902b7")
        #expect(tool.context.traceID.description == "4bf92f3577b34da6a3ce929d0e0e4736")
        #expect(tool.parent?.spanID == server.context.spanID)
        #expect(recording.count("gen_ai.execute_tool.duration", where: [.toolName: "time_in", .skill: "clock"]) == 1)
        #expect(!recording.everything.contains("planted"))
    }
}
