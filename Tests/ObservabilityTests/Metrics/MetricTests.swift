import Observability
import TestSupport
import Testing

@Suite("Metrics")
struct MetricTests {
    private static let sent = MetricDefinition.counter(
        "test.sent",
        unit: "{message}",
        "Messages with \"quotes\" \\ and\na line."
    )
    private static let open = MetricDefinition.upDownCounter("test.open", unit: "{thing}", "Open things.")
    private static let load = MetricDefinition.gauge("test.load", unit: "1", "How busy.")
    private static let size = MetricDefinition.gauge("test.size", unit: "By", "How large.")
    private static let time = MetricDefinition.histogram("test.time", unit: "s", bounds: [0.1, 1, 10], "How long.")

    @Test("every kind of metric is read back from Prometheus' text")
    func prometheus() throws {
        let registry = MetricRegistry()
        registry.record(Self.sent, 2, ["to.whom": "a\\b\"c\nd", "2nd": true])
        registry.record(Self.sent, 3, ["to.whom": "a\\b\"c\nd", "2nd": true])
        registry.record(Self.sent, -1)
        registry.record(Self.open, 5)
        registry.record(Self.open, -2)
        registry.record(Self.load, 0.25)
        registry.record(Self.load, 0.5)
        registry.record(Self.size, .infinity)
        for value in [0.05, 0.1, 0.5, 100, .nan, .infinity] { registry.record(Self.time, value, ["a": 1]) }
        let text = PrometheusText(registry.snapshot(), resource: ["service.name": "x"]).text
        let read = try PrometheusSamples(text)
        #expect(read.types["test_sent_total"] == "counter" && read.types["test_time_seconds"] == "histogram")
        #expect(read.value("test_sent_total", ["to_whom": "a\\b\"c\nd", "_2nd": "true"]) == 5)
        #expect(read.value("test_open") == 3)
        #expect(read.value("test_load_ratio") == 0.5)
        #expect(read.value("test_size_bytes") == .infinity)
        #expect(read.value("test_time_seconds_bucket", ["le": "0.1"]) == 2)
        #expect(read.value("test_time_seconds_bucket", ["le": "10"]) == 3)
        #expect(read.value("test_time_seconds_count") == 4)
        #expect(read.value("target_info", ["service_name": "x"]) == 1)
        #expect(text.contains("# UNIT test_time_seconds seconds\n"))
        #expect(read.help["test_sent_total"] == "Messages with \"quotes\" \\\\ and\\na line.")
    }

    @Test("series beyond the limit are counted together")
    func overflow() throws {
        let registry = MetricRegistry(seriesLimit: 3)
        for index in 0..<10 { registry.record(Self.sent, 1, ["n": .integer(index)]) }
        let points = try #require(registry.snapshot().first).points
        #expect(points.count == 4)
        #expect(points.last?.attributes == [.metricOverflow: true])
        #expect(points.last?.value == .number(7))
    }

    @Test("attributes in another order are the same series, and a name is kept in one way only")
    func identity() {
        let registry = MetricRegistry()
        registry.record(Self.sent, 1, ["a": 1, "b": 2])
        registry.record(Self.sent, 1, ["b": 2, "a": 1, "c": nil])
        registry.record(.gauge("test.sent", unit: "1", "another"), 9)
        #expect(registry.snapshot().map { $0.points.map(\.value) } == [[.number(2)]])
    }

    @Test("a secret in an attribute is hidden, and series that become the same are one")
    func secrets() throws {
        let registry = MetricRegistry()
        let secrets = SecretRegistry()
        registry.record(Self.time, 1, ["who": "planted-one"])
        registry.record(Self.time, 2, ["who": "planted-two"])
        secrets.add(["planted-one", "planted-two"])
        let points = try #require(registry.snapshot(secrets.redactor).first).points
        #expect(points.count == 1)
        #expect(points.first?.attributes == ["who": "[redacted]"])
        let read = try PrometheusSamples(PrometheusText(registry.snapshot(secrets.redactor)).text)
        #expect(read.value("test_time_seconds_sum") == 3)
    }

    @Test("nothing is lost when many tasks count at once")
    func concurrency() async {
        let registry = MetricRegistry()
        await withTaskGroup { group in
            for task in 0..<8 {
                group.addTask { for _ in 0..<1_000 { registry.record(Self.time, 1, ["t": .integer(task % 2)]) } }
            }
        }
        let counts = registry.snapshot().flatMap(\.points).map { point -> UInt64 in
            if case .histogram(let value) = point.value { value.count } else { 0 }
        }
        #expect(counts == [4_000, 4_000])
    }
}
