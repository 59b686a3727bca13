import HTTPTransport
import Observability
import TestSupport
import Testing

@Suite("What a server says of its requests")
struct HTTPServerTelemetryTests {
    private func request(_ target: String, _ method: HTTPMethod = .get) -> HTTPServerRequest {
        HTTPServerRequest(
            method: method,
            target: target,
            headers: [
                "traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "Authorization": "Bearer planted-token",
            ]
        )
    }

    @Test("method, route and status, below the caller's span, and neither query nor headers")
    func answered() async throws {
        let recording = TelemetryRecording()
        let answer = await HTTPServerTelemetry.answer(
            request("/v1/runs/42?q=planted-query"),
            route: "/v1/runs/{run}",
            telemetry: recording.telemetry
        ) {
            #expect(recording.count("http.server.active_requests") == 1)
            return HTTPServerResponse(200)
        }
        #expect(answer.status == 200)
        let span = try #require(recording.spans(named: "GET /v1/runs/{run}").first)
        #expect(span.kind == .server && span.parent?.spanID.description == "00f067aa0ba902b7")
        #expect(span.attributes[.httpStatus] == 200 && span.attributes[.urlPath] == "/v1/runs/42")
        #expect(
            recording.count("http.server.request.duration", where: [.httpRoute: "/v1/runs/{run}", .httpStatus: 200])
                == 1
        )
        #expect(recording.count("http.server.active_requests") == 0)
        #expect(!recording.everything.contains("planted"))
    }

    @Test("an answer of the server's own failing is an error, a method nobody knows no new name")
    func errors() async throws {
        let recording = TelemetryRecording()
        let strange = try #require(HTTPMethod(rawValue: "BREW"))
        for (method, status) in [(HTTPMethod.get, 404), (strange, 503)] as [(HTTPMethod, HTTPStatus)] {
            _ = await HTTPServerTelemetry.answer(request("/x", method), route: nil, telemetry: recording.telemetry) {
                HTTPServerResponse(status)
            }
        }
        #expect(recording.spans.map(\.name) == ["GET", "HTTP"])
        #expect(recording.spans.map { $0.attributes[.errorType] } == [nil, "503"])
        #expect(
            recording.count("http.server.request.duration", where: [.httpMethod: "_OTHER", .errorType: "503"]) == 1
        )
    }

    @Test("a stream is active for as long as somebody holds it")
    func stream() async throws {
        let recording = TelemetryRecording()
        do {
            let answer = await HTTPServerTelemetry.answer(request("/s"), route: "/s", telemetry: recording.telemetry) {
                HTTPServerResponse(200, body: .stream(HTTPBody { [1] }))
            }
            guard case .stream(let body) = answer.body else { throw CancellationError() }
            var pieces = body.makeAsyncIterator()
            #expect(try await pieces.next() == [1])
            #expect(recording.count("http.server.active_requests") == 1)
        }
        #expect(recording.count("http.server.active_requests") == 0)
    }
}
