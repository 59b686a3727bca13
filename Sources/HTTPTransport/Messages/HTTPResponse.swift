/// Status and headers of an answer.
package struct HTTPResponseHead: Sendable, Hashable {
    package var status: HTTPStatus
    package var headers: HTTPHeaders

    package init(status: HTTPStatus, headers: HTTPHeaders = [:]) {
        self.status = status
        self.headers = headers
    }
}

/// An answer that is there as a whole.
package struct HTTPResponse: Sendable, Hashable {
    package var head: HTTPResponseHead
    package var body: [UInt8]

    package init(_ head: HTTPResponseHead, body: [UInt8] = []) {
        self.head = head
        self.body = body
    }

    package var status: HTTPStatus { head.status }
    package var headers: HTTPHeaders { head.headers }
    /// The body as text; bytes that are not UTF-8 become U+FFFD.
    package var text: String { String(decoding: body, as: UTF8.self) }
}

/// An answer whose head is there and whose body still arrives.
package struct HTTPStreamingResponse: Sendable {
    package var head: HTTPResponseHead
    package var body: HTTPBody

    package init(_ head: HTTPResponseHead, body: HTTPBody) {
        self.head = head
        self.body = body
    }

    package var status: HTTPStatus { head.status }
    package var headers: HTTPHeaders { head.headers }

    /// Waits for the rest of the body.
    package func collected() async throws -> HTTPResponse {
        HTTPResponse(head, body: try await body.collected())
    }
}
