import HTTPTransport
import JSONSchema

/// What an endpoint answers.
struct ServiceReply: Sendable {
    var status: HTTPStatus
    var headers: HTTPHeaders = [:]
    var body: HTTPServerResponse.Body

    static func json(_ value: JSONValue, status: HTTPStatus = 200, headers: HTTPHeaders = [:]) -> ServiceReply {
        var reply = ServiceReply(status: status, headers: headers, body: .bytes(Array(value.serialized().utf8)))
        reply.headers["Content-Type"] = "application/json"
        // What is asked for again may have changed, and often is nobody else's business.
        if reply.headers["Cache-Control"] == nil { reply.headers["Cache-Control"] = "no-store" }
        return reply
    }

    static func text(_ text: String, _ mediaType: String, headers: HTTPHeaders = [:]) -> ServiceReply {
        var reply = ServiceReply(status: 200, headers: headers, body: .bytes(Array(text.utf8)))
        reply.headers["Content-Type"] = mediaType
        return reply
    }

    static let nothing = ServiceReply(status: 204, body: .bytes([]))

    /// Server-sent events.
    static func events(_ body: HTTPBody) -> ServiceReply {
        ServiceReply(
            status: 200,
            headers: [
                "Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no",
            ],
            body: .stream(body)
        )
    }

    var response: HTTPServerResponse { HTTPServerResponse(status, headers: headers, body: body) }
}
