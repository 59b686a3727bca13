import HTTPTransport
import JSONSchema

/// The description of all the others.
enum DescriptionEndpoint {
    static func endpoint(_ document: [UInt8]) -> Endpoint {
        Endpoint(
            method: .get,
            path: "/openapi.json",
            operation: "getDescription",
            summary: "This description.",
            tag: "service",
            answers: [.init(status: 200, summary: "OpenAPI 3.1.")]
        ) { _ in
            ServiceReply(
                status: 200,
                headers: ["Content-Type": "application/json", "Cache-Control": "no-cache"],
                body: .bytes(document)
            )
        }
    }
}

/// What is measured, for a collector that asks.
enum MetricsEndpoint {
    static func endpoint(_ text: @escaping @Sendable () async -> String) -> Endpoint {
        Endpoint(
            method: .get,
            path: "/metrics",
            operation: "getMetrics",
            summary: "Measurements in Prometheus' text form.",
            tag: "service",
            scope: .metrics,
            answers: [.init(status: 200, summary: "The measurements.", mediaType: "text/plain")]
        ) { _ in .text(await text(), "text/plain; version=0.0.4; charset=utf-8") }
    }
}
