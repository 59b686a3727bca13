package import HTTPTransport

/// What is said about requests an HTTP server answers.
package enum HTTPServerTelemetry {
    private static let known: Set = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

    /// Answers a request within its span, with `telemetry` there for everything that does so.
    ///
    /// - Parameters:
    ///   - route: the path as the service knows it, with names in place of values (`/v1/runs/{run}`); nil where there is
    ///     none of the kind.
    ///   - answer: makes the answer. One that is streamed counts as active until its last piece.
    package static func answer(
        _ request: HTTPServerRequest,
        route: String?,
        telemetry: Telemetry,
        _ answer: () async -> HTTPServerResponse
    ) async -> HTTPServerResponse {
        guard telemetry.isRecording else {
            guard telemetry.logger != nil else { return await answer() }
            return await Telemetry.$current.withValue(telemetry) { await answer() }
        }
        return await Telemetry.$current.withValue(telemetry) { await recorded(request, route, telemetry, answer) }
    }

    private static func recorded(
        _ request: HTTPServerRequest,
        _ route: String?,
        _ telemetry: Telemetry,
        _ answer: () async -> HTTPServerResponse
    ) async -> HTTPServerResponse {
        let method = known.contains(request.method.rawValue) ? request.method.rawValue : "_OTHER"
        var said: Attributes = [.httpMethod: .string(method), .urlScheme: "http"]
        let active = ActiveRequest(telemetry, said)
        if let route { said[.httpRoute] = .string(route) }
        let caller = SpanContext(
            traceparent: request.headers["traceparent"],
            tracestate: request.headers["tracestate"]
        )
        let timer = telemetry.beginTiming()
        let word = method == "_OTHER" ? "HTTP" : method
        var response = await withSpan(
            route.map { "\(word) \($0)" } ?? word,
            kind: .server,
            parent: caller.map { .context($0) } ?? .current,
            attributes: said.merging([
                .urlPath: .string(String(request.rawPath)),
                .clientAddress: request.peer.isEmpty ? nil : .string(request.peer),
            ])
        ) { span in
            let response = await answer()
            span.set(.httpStatus, .integer(response.status.code))
            if response.status.isServerError { span.fail("\(response.status.code)") }
            return response
        }
        said[.httpStatus] = .integer(response.status.code)
        if response.status.isServerError { said[.errorType] = .string("\(response.status.code)") }
        if let timer { Telemetry.record(.httpServerDuration, timer.seconds, said) }
        if case .stream(let body) = response.body {
            // The stream holds the request open for as long as somebody holds the stream.
            let pieces = HeldBody(body, active)
            response.body = .stream(HTTPBody { try await pieces.next() })
        }
        return response
    }
}

/// Counts as one request under way for as long as it lives.
private final class ActiveRequest: Sendable {
    private let telemetry: Telemetry
    private let attributes: Attributes

    init(_ telemetry: Telemetry, _ attributes: Attributes) {
        self.telemetry = telemetry
        self.attributes = attributes
        telemetry.metrics?.record(.httpServerActive, 1, attributes)
    }

    deinit { telemetry.metrics?.record(.httpServerActive, -1, attributes) }
}

/// A body that is read by one task, with what lives as long as it.
private actor HeldBody {
    private var iterator: HTTPBody.Iterator
    private let active: ActiveRequest

    init(_ body: HTTPBody, _ active: ActiveRequest) {
        iterator = body.makeAsyncIterator()
        self.active = active
    }

    func next() async throws -> [UInt8]? {
        var reading = iterator
        let piece = try await reading.next()
        iterator = reading
        return piece
    }
}
