import HTTPTransport
import Observability

/// A line of the log for each answer.
enum RequestLog {
    /// Answers that are the service's fault are errors; all others are for whoever looks closely.
    static func note(
        _ request: HTTPServerRequest,
        _ id: String,
        by principal: String,
        _ status: HTTPStatus,
        fault: String?,
        _ seconds: Double?
    ) {
        Telemetry.log(
            fault == nil ? .debug : .error,
            fault ?? "answered",
            [
                "request_id": .string(id), "method": .string(request.method.rawValue),
                // Without the query: what somebody looks for is nobody else's business.
                "path": .string(String(request.rawPath)), "status": .integer(status.code),
                "principal": .string(principal), "seconds": seconds.map { .double(($0 * 1e6).rounded() / 1e6) },
            ]
        )
    }
}
