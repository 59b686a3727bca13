/// What a server answers.
package struct HTTPServerResponse: Sendable {
    package enum Body: Sendable {
        case bytes([UInt8])
        /// Sent as it comes; an error ends the connection, so that the client knows the answer is not whole.
        case stream(HTTPBody)
    }

    package var status: HTTPStatus
    package var headers: HTTPHeaders
    package var body: Body

    package init(_ status: HTTPStatus, headers: HTTPHeaders = [:], body: Body = .bytes([])) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// A text of some media type.
    package init(_ status: HTTPStatus, _ mediaType: String, _ text: String, headers: HTTPHeaders = [:]) {
        self.init(status, headers: headers, body: .bytes(Array(text.utf8)))
        self.headers["Content-Type"] = mediaType
    }
}
