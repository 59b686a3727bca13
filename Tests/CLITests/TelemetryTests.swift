import HTTPTransport
import JSONSchema
import TestSupport
import Testing

@Suite("Telemetry of commands", .enabled(if: SkillWeaverCommand.isUsable, SkillWeaverCommand.absence))
struct TelemetryTests {
    @Test("a command sends its spans and metrics before it ends, in the shape the protocol asks")
    func sent() async throws {
        let receiver = try OTLPReceiver()
        try await withSkillWeaver { skillweaver, _ in
            var observed = skillweaver
            observed.environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.endpoint
            let text = "Download the planted-file, then draw a bar chart"
            let outcome = try await observed("route", text)
            #expect(outcome.code == 0)
        }
        #expect(try receiver.problems() == [])
        let names = Set(try receiver.spans().compactMap { $0["name"]?.stringValue })
        #expect(
            names.isSuperset(of: ["route", "decompose", "retrieve", "refine", "compose", "embeddings all-MiniLM-L6-v2"])
        )
        #expect(Set(try receiver.spans().compactMap { $0["traceId"]?.stringValue }).count >= 1)
        let metrics = try receiver.metrics().compactMap { $0["name"]?.stringValue }
        #expect(metrics.contains("skillweaver.route.duration") && metrics.contains("gen_ai.client.operation.duration"))
        #expect(!receiver.requests.contains { String(decoding: $0.body, as: UTF8.self).contains("planted") })
        await receiver.stop()
    }

    @Test("a collector that is not there, and a wrong value, change nothing but a word on standard error")
    func absent() async throws {
        let receiver = try OTLPReceiver()
        let endpoint = receiver.endpoint
        await receiver.stop()
        try await withSkillWeaver { skillweaver, _ in
            let plain = try await skillweaver("search", "draw a bar chart", "--json")
            var observed = skillweaver
            observed.environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint
            observed.environment["OTEL_BSP_MAX_QUEUE_SIZE"] = "many"
            let outcome = try await observed("search", "draw a bar chart", "--json")
            #expect(outcome.code == 0 && plain.code == 0)
            #expect(try outcome.json["results"] == plain.json["results"])
            #expect(outcome.errors.contains("OTEL_BSP_MAX_QUEUE_SIZE") && plain.errors.isEmpty)
        }
    }
}
