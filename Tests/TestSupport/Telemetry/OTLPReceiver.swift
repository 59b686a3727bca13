package import HTTPTransport
package import JSONSchema

/// A collector on this machine: takes OTLP over HTTP as JSON, and holds it against the shape of the messages.
package final class OTLPReceiver: Sendable {
    /// What it answers to the request of that number, from 0; nil for what a healthy collector answers.
    package typealias Answer = @Sendable (Int, HTTPServerRequest) async -> HTTPServerResponse?

    private let server: HTTPServer
    private let taken: LockedList<HTTPServerRequest>

    package init(answer: @escaping Answer = { _, _ in nil }) throws {
        let taken = LockedList<HTTPServerRequest>()
        self.taken = taken
        server = try HTTPServer { request in
            let number = taken.append(request)
            return await answer(number, request) ?? HTTPServerResponse(200, "application/json", "{}")
        }
    }

    package func stop() async { await server.stop(grace: .milliseconds(100)) }

    package var endpoint: String { "http://127.0.0.1:\(server.port)" }
    package var requests: [HTTPServerRequest] { taken.all }

    package func bodies(_ path: String) throws -> [JSONValue] {
        try requests.filter { $0.target == path }.map { try JSONParser.parse(utf8: $0.body) }
    }

    /// The spans of all requests.
    package func spans() throws -> [JSONValue] {
        try bodies("/v1/traces").flatMap { Self.items($0, "resourceSpans", "scopeSpans", "spans") }
    }

    /// The metrics of the latest request.
    package func metrics() throws -> [JSONValue] {
        try bodies("/v1/metrics").last.map { Self.items($0, "resourceMetrics", "scopeMetrics", "metrics") } ?? []
    }

    /// What is wrong with the shape of everything that came.
    package func problems() throws -> [String] {
        try bodies("/v1/traces").flatMap { OTLPShape.problems($0, as: "ExportTraceServiceRequest") }
            + bodies("/v1/metrics").flatMap { OTLPShape.problems($0, as: "ExportMetricsServiceRequest") }
    }

    private static func items(_ body: JSONValue, _ first: String, _ second: String, _ third: String) -> [JSONValue] {
        (body[first]?.arrayValue ?? []).flatMap { $0[second]?.arrayValue ?? [] }.flatMap { $0[third]?.arrayValue ?? [] }
    }
}
