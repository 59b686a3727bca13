import Observability
import TestSupport
import Testing

@Suite("Spans")
struct SpanTests {
    private struct Broken: Error {}

    @Test("what is called within a span becomes its child, also in unstructured tasks")
    func nesting() async throws {
        let recording = TelemetryRecording()
        await Telemetry.$current.withValue(recording.telemetry) {
            await withSpan("outer", kind: .server, attributes: ["n": 1]) { span in
                await withSpan("inner") { $0.addEvent("seen", ["what": "it"]) }
                await Task { await withSpan("task") { _ in } }.value
                await Task.detached { await withSpan("detached") { _ in } }.value
                span.set("later", "yes")
            }
        }
        let outer = try #require(recording.spans(named: "outer").first)
        #expect(outer.parent == nil && outer.kind == .server)
        #expect(outer.attributes == ["n": 1, "later": "yes"])
        for name in ["inner", "task"] {
            let span = try #require(recording.spans(named: name).first)
            #expect(span.parent?.spanID == outer.context.spanID)
            #expect(span.context.traceID == outer.context.traceID)
            #expect(span.start >= outer.start && span.end <= outer.end)
        }
        #expect(recording.spans(named: "detached").isEmpty)
        #expect(recording.spans(named: "inner").first?.events.map(\.name) == ["seen"])
    }

    @Test("an error that leaves a span makes it a failed one")
    func failure() async throws {
        let recording = TelemetryRecording()
        await Telemetry.$current.withValue(recording.telemetry) {
            await #expect(throws: Broken.self) { try await withSpan("fails") { _ in throw Broken() } }
            await #expect(throws: CancellationError.self) {
                try await withSpan("stopped") { _ in throw CancellationError() }
            }
            await #expect(throws: Broken.self) {
                try await withSpan("says") { span in
                    span.fail("quota", "no more")
                    throw Broken()
                }
            }
        }
        #expect(recording.spans.map { $0.attributes[.errorType] } == ["Broken", "cancelled", "quota"])
        #expect(recording.spans.map(\.status) == [.error(nil), .error(nil), .error("no more")])
    }

    @Test("where nothing records, names and attributes are never made")
    func off() async {
        var made = 0
        func name() -> String {
            made += 1
            return "x"
        }
        let value = await withSpan(name(), attributes: ["a": .string(name())]) { span in
            span.set("b", .string(name()))
            span.fail(name())
            Telemetry.record(.spansExported, 1, ["a": .string(name())])
            Telemetry.log(.error, name())
            return span.context == nil && Telemetry.current.beginTiming() == nil
        }
        #expect(value && made == 0)
    }

    @Test("a trace that its beginner does not record is not recorded here, but goes on")
    func unsampled() async throws {
        let remote = try #require(
            SpanContext(traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00", tracestate: "a=1")
        )
        let recording = TelemetryRecording()
        let inner = await Telemetry.$current.withValue(recording.telemetry) {
            await withSpan("server", parent: .context(remote)) { _ in
                await withSpan("client") { $0.context?.traceparent }
            }
        }
        #expect(recording.spans.isEmpty)
        #expect(inner == remote.traceparent)
    }

    @Test(
        "samplers decide as their names say",
        arguments: [
            (Sampler(.always), nil, true), (Sampler(.never), nil, false), (Sampler(.never), true, true),
            (Sampler(.always), false, false), (Sampler(.always, followsParent: false), false, true),
            (Sampler(.share(0)), nil, false), (Sampler(.share(1)), nil, true),
        ] as [(Sampler, Bool?, Bool)]
    )
    func samplers(sampler: Sampler, parent: Bool?, isSampled: Bool) throws {
        let (traceID, spanID) = (try #require(TraceID(high: 1, low: .max)), try #require(SpanID(1)))
        let context = parent.map { SpanContext(traceID: traceID, spanID: spanID, isSampled: $0) }
        let tracer = Tracer(sampler: sampler) { _ in }
        #expect(tracer.begin("x", parent: context).isRecording == isSampled)
    }

    @Test("a share of traces is about that share")
    func share() {
        let tracer = Tracer(sampler: Sampler(.share(0.25))) { _ in }
        let count = (0..<4_000).filter { _ in tracer.begin("x", parent: nil).isRecording }.count
        #expect((850...1_150).contains(count))
    }

    @Test("a span holds no more than it may, and counts the rest")
    func limits() async throws {
        let recording = TelemetryRecording()
        await Telemetry.$current.withValue(recording.telemetry) {
            await withSpan("full") { span in
                for index in 0..<200 {
                    span.set(AttributeKey("a\(index)"), .integer(index))
                    span.addEvent("e")
                }
                span.set("a0", "again")
                span.set("a1", .string(String(repeating: "x", count: 10_000)))
            }
        }
        let span = try #require(recording.spans.first)
        #expect(span.attributes.count == 128 && span.droppedAttributes == 72)
        #expect(span.events.count == 128 && span.droppedEvents == 72)
        #expect(span.attributes["a0"] == "again")
        #expect(span.attributes["a1"]?.description.utf8.count == 4_096)
    }
}
