import HTTPTransport
import JSONSchema
import Observability
import Synchronization
import TestSupport
import Testing

@Suite("Sending telemetry")
struct TelemetryExporterTests {
    private static let errors = MetricDefinition.counter("test.errors", unit: "{error}", "Errors.")
    private static let times = MetricDefinition.histogram("test.time", unit: "s", bounds: [1, 2], "Times.")

    private func telemetry(
        _ endpoint: String,
        _ variables: [String: String] = [:],
        report: LockedList<String> = LockedList()
    ) -> Telemetry {
        var all = ["OTEL_EXPORTER_OTLP_ENDPOINT": endpoint, "OTEL_BSP_SCHEDULE_DELAY": "3600000"]
        all.merge(variables) { $1 }
        let (configuration, _) = TelemetryConfiguration.reading { all[$0] }
        var fast = configuration
        fast.retries.baseDelay = .milliseconds(1)
        return Telemetry(fast, report: { report.append($0) })
    }

    private func spans(_ count: Int, to telemetry: Telemetry) async {
        await Telemetry.$current.withValue(telemetry) {
            for index in 0..<count { await withSpan("span \(index)") { _ in } }
        }
    }

    @Test("spans and metrics arrive in the shape the protocol asks")
    func shape() async throws {
        let receiver = try OTLPReceiver()
        let telemetry = telemetry(receiver.endpoint, ["OTEL_EXPORTER_OTLP_HEADERS": "x-key=planted-header"])
        await Telemetry.$current.withValue(telemetry) {
            await withSpan("parent", kind: .server) { span in
                span.set(["s": "text", "b": true, "i": -3, "d": 0.5, "nan": .double(.nan), "l": ["a", "b"]])
                span.addEvent("event", ["x": 1])
                if let context = span.context { span.addLink(SpanLink(context, attributes: ["why": "self"])) }
                await withSpan("child", kind: .client) { $0.fail("timeout", "saw planted-header") }
            }
            Telemetry.record(Self.errors, 3, ["error.type": "timeout"])
            Telemetry.record(Self.times, 1.5)
            Telemetry.record(.gauge("test.load", unit: "1", "Load."), 0.5)
        }
        await telemetry.shutDown(within: .seconds(10))
        #expect(try receiver.problems() == [])
        let spans = try receiver.spans()
        #expect(spans.map { $0["name"]?.stringValue } == ["child", "parent"])
        #expect(spans.first?["parentSpanId"] == spans.last?["spanId"])
        #expect(spans.first?["status"] == ["code": 2, "message": "saw [redacted]"])
        #expect(spans.first?["kind"] == 3 && spans.last?["kind"] == 2)
        let metrics = try receiver.metrics()
        #expect(
            metrics.contains {
                $0["name"] == "test.errors" && $0["sum"]?["dataPoints"]?.arrayValue?.first?["asInt"] == "3"
            }
        )
        let requests = receiver.requests
        #expect(requests.allSatisfy { $0.headers["x-key"] == "planted-header" })
        #expect(requests.allSatisfy { $0.headers.mediaType == "application/json" && $0.method == .post })
        let resource = try receiver.bodies("/v1/traces").first?["resourceSpans"]?.arrayValue?.first?["resource"]
        #expect(resource?.serialized().contains("service.name") == true)
        await receiver.stop()
    }

    @Test("a full batch is sent at once, and batches are no larger than they may be")
    func batches() async throws {
        let receiver = try OTLPReceiver()
        let telemetry = telemetry(
            receiver.endpoint,
            ["OTEL_BSP_MAX_EXPORT_BATCH_SIZE": "10", "OTEL_METRICS_EXPORTER": "none"]
        )
        await spans(35, to: telemetry)
        await telemetry.shutDown(within: .seconds(10))
        let sizes = try receiver.bodies("/v1/traces").map { body in
            body["resourceSpans"]?.arrayValue?.first?["scopeSpans"]?.arrayValue?.first?["spans"]?.arrayValue?.count ?? 0
        }
        #expect(sizes.reduce(0, +) == 35 && sizes.allSatisfy { $0 <= 10 })
        await receiver.stop()
    }

    @Test(
        "a collector that is busy is asked again, as it says",
        arguments: [(429, "0.001"), (503, "0"), (502, nil), (504, "nonsense")] as [(Int, String?)]
    )
    func again(status: Int, retryAfter: String?) async throws {
        let taken = AsyncStream<Void>.makeStream()
        let receiver = try OTLPReceiver { number, _ in
            guard number < 2 else {
                taken.continuation.yield()
                return nil
            }
            return HTTPServerResponse(HTTPStatus(status), headers: retryAfter.map { ["Retry-After": $0] } ?? [:])
        }
        let telemetry = telemetry(
            receiver.endpoint,
            ["OTEL_METRICS_EXPORTER": "none", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE": "2"]
        )
        await spans(2, to: telemetry)
        for await _ in taken.stream { break }
        await telemetry.shutDown()
        #expect(receiver.requests.count == 3)
        #expect(Set(receiver.requests.map(\.body)).count == 1)
        await receiver.stop()
    }

    @Test("what the collector refuses is counted and told once")
    func partial() async throws {
        let receiver = try OTLPReceiver { _, request in
            guard request.target == "/v1/traces" else { return nil }
            let text = #"{"partialSuccess":{"rejectedSpans":"2","errorMessage":"too old, Bearer abcDEF123456"}}"#
            return HTTPServerResponse(200, "application/json", text)
        }
        let told = LockedList<String>()
        let telemetry = telemetry(receiver.endpoint, ["OTEL_BSP_MAX_EXPORT_BATCH_SIZE": "5"], report: told)
        await spans(10, to: telemetry)
        await telemetry.shutDown(within: .seconds(10))
        #expect(told.all.count == 1 && told.all.first?.contains("too old") == true)
        #expect(told.all.first?.contains("abcDEF123456") == false)
        let lost = telemetry.metrics?.snapshot().first { $0.definition.name == "otel.sdk.exporter.span.exported" }
        #expect(lost?.points.contains { $0.attributes[.errorType] == "rejected" && $0.value == .number(4) } == true)
        await receiver.stop()
    }

    @Test(
        "a collector that answers nonsense does no harm",
        arguments: [(200, "not json"), (200, "{\"partialSuccess\":[]}"), (400, ""), (301, ""), (500, "{"), (204, "")]
    )
    func garbage(status: Int, body: String) async throws {
        let receiver = try OTLPReceiver { _, _ in HTTPServerResponse(HTTPStatus(status), "text/html", body) }
        let telemetry = telemetry(receiver.endpoint)
        await spans(3, to: telemetry)
        await telemetry.shutDown(within: .seconds(10))
        #expect(receiver.requests.filter { $0.target == "/v1/traces" }.count == 1)
        #expect(telemetry.backlog.waiting == 0)
        await receiver.stop()
    }

    @Test("a collector that is down costs neither time nor memory")
    func down() async throws {
        let receiver = try OTLPReceiver()
        let endpoint = receiver.endpoint
        await receiver.stop()
        let told = LockedList<String>()
        let telemetry = telemetry(endpoint, ["OTEL_BSP_MAX_QUEUE_SIZE": "100"], report: told)
        await spans(5_000, to: telemetry)
        #expect(telemetry.backlog.waiting <= 100)
        await telemetry.shutDown(within: .seconds(20))
        #expect(telemetry.backlog.waiting == 0 && !told.all.isEmpty)
    }

    @Test("a collector that never answers holds nobody up, and the queue stays bounded")
    func slow() async throws {
        // Answers only once the client is gone.
        let receiver = try OTLPReceiver { _, _ in
            try? await Task.sleep(for: .seconds(3_600))
            return nil
        }
        let telemetry = telemetry(
            receiver.endpoint,
            ["OTEL_BSP_MAX_QUEUE_SIZE": "50", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE": "10", "OTEL_METRICS_EXPORTER": "none"]
        )
        await spans(1_000, to: telemetry)
        #expect(telemetry.backlog.waiting <= 50 && telemetry.backlog.dropped >= 900)
        await telemetry.shutDown(within: .milliseconds(50))
        await receiver.stop()
    }

    @Test("metrics are sent every so often while the program runs")
    func interval() async throws {
        let arrived = AsyncStream<Void>.makeStream()
        let receiver = try OTLPReceiver { _, request in
            if request.target == "/v1/metrics" { arrived.continuation.yield() }
            return nil
        }
        let telemetry = telemetry(receiver.endpoint, ["OTEL_METRIC_EXPORT_INTERVAL": "20"])
        Telemetry.$current.withValue(telemetry) { Telemetry.record(Self.errors) }
        var count = 0
        for await _ in arrived.stream {
            count += 1
            if count == 3 { break }
        }
        await telemetry.shutDown()
        #expect(try receiver.problems() == [])
        await receiver.stop()
    }
}
