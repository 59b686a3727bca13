import HTTPTransport
import Observability
import Testing

@Suite("Telemetry as the environment says")
struct TelemetryConfigurationTests {
    private func read(_ variables: [String: String]) -> (configuration: TelemetryConfiguration, warnings: [String]) {
        TelemetryConfiguration.reading { variables[$0] }
    }

    @Test("nothing is sent unless an address is named")
    func nothing() {
        let (configuration, warnings) = read([:])
        #expect(!configuration.exports && warnings.isEmpty)
        #expect(configuration.resource["service.name"] == "skillweaver")
    }

    @Test("addresses, headers, times and resource are taken over")
    func all() throws {
        let (configuration, warnings) = read([
            "OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector:4318/base",
            "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT": "https://m.org/x",
            "OTEL_EXPORTER_OTLP_HEADERS": "api-key=a%20b, x-tenant = t",
            "OTEL_EXPORTER_OTLP_TRACES_HEADERS": "api-key=c",
            "OTEL_EXPORTER_OTLP_TIMEOUT": "2500", "OTEL_SERVICE_NAME": "router",
            "OTEL_RESOURCE_ATTRIBUTES": "service.name=no,deployment.environment.name=a%2Cb",
            "OTEL_BSP_SCHEDULE_DELAY": "100",
            "OTEL_BSP_MAX_QUEUE_SIZE": "10", "OTEL_METRIC_EXPORT_INTERVAL": "1000",
            "OTEL_TRACES_SAMPLER": "parentbased_traceidratio", "OTEL_TRACES_SAMPLER_ARG": "0.5",
        ])
        #expect(warnings.isEmpty)
        let traces = try #require(configuration.traces), metrics = try #require(configuration.metrics)
        #expect(traces.url.wireText == "http://collector:4318/base/v1/traces")
        #expect(metrics.url.wireText == "https://m.org/x")
        #expect(traces.headers["api-key"] == "c" && metrics.headers["api-key"] == "a b")
        #expect(traces.headers["x-tenant"] == "t" && traces.timeout == .milliseconds(2_500))
        #expect(configuration.resource["service.name"] == "router")
        #expect(configuration.resource["deployment.environment.name"] == "a,b")
        #expect(configuration.batches.queueSize == 10 && configuration.batches.batchSize == 10)
        #expect(configuration.batches.delay == .milliseconds(100) && configuration.metricInterval == .seconds(1))
        #expect(configuration.sampler == Sampler(.share(0.5)))
    }

    @Test(
        "a wrong value is told and counts as not given",
        arguments: [
            ("OTEL_EXPORTER_OTLP_TIMEOUT", "soon"), ("OTEL_BSP_MAX_QUEUE_SIZE", "0"), ("OTEL_BSP_SCHEDULE_DELAY", "-5"),
            ("OTEL_TRACES_SAMPLER", "jaeger_remote"), ("OTEL_RESOURCE_ATTRIBUTES", "novalue"),
            ("OTEL_SDK_DISABLED", "yes"),
            ("OTEL_EXPORTER_OTLP_HEADERS", "a=%zz"), ("OTEL_EXPORTER_OTLP_HEADERS", "bad name=1"),
            ("OTEL_EXPORTER_OTLP_HEADERS", "a=b%0d%0ac: d"), ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "ftp://x"),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"), ("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip"),
            ("OTEL_METRICS_EXPORTER", "prometheus"), ("HTTP_PROXY", "socks9://x"),
        ]
    )
    func wrong(name: String, value: String) {
        let (configuration, warnings) = read(["OTEL_EXPORTER_OTLP_ENDPOINT": "http://localhost:4318", name: value])
        if name != "HTTP_PROXY" {
            #expect(warnings.count >= 1 && warnings.allSatisfy { $0.contains("OTEL") || $0.contains("http") })
        }
        #expect(configuration.metrics != nil)
    }

    @Test("it can be switched off, as a whole or by signal")
    func off() {
        let on = ["OTEL_EXPORTER_OTLP_ENDPOINT": "http://localhost:4318"]
        #expect(!read(on.merging(["OTEL_SDK_DISABLED": "TRUE"]) { $1 }).configuration.exports)
        let noTraces = read(on.merging(["OTEL_TRACES_EXPORTER": "none"]) { $1 }).configuration
        #expect(noTraces.traces == nil && noTraces.metrics != nil)
        #expect(
            read(["OTEL_TRACES_EXPORTER": "otlp"]).configuration.traces?.url.wireText
                == "http://localhost:4318/v1/traces"
        )
    }
}
