import HTTPTransport
import Observability

/// What is measured, for a collector that asks.
enum MetricsEndpoint {
    static func endpoint(_ telemetry: Telemetry) -> Endpoint {
        Endpoint(
            method: .get,
            path: "/metrics",
            operation: "getMetrics",
            summary: "Measurements in Prometheus' text form.",
            tag: "service",
            scope: .metrics,
            answers: [.init(status: 200, summary: "The measurements.", mediaType: "text/plain")]
        ) { _ in .text(telemetry.prometheusText ?? "", "text/plain; version=0.0.4; charset=utf-8") }
    }
}
