package import HTTPTransport

/// What browsers are told about pages of other origins (Fetch, "CORS protocol"): nothing, unless an origin is allowed.
///
/// No credentials are allowed, so that no cookie or remembered password of a browser counts; a page sends its own token.
extension ServiceAccess {
    private static let methods = "GET, HEAD, POST, PUT, PATCH, DELETE"
    private static let requestHeaders = [
        "Authorization", "Content-Type", "Accept", "Idempotency-Key", "Last-Event-ID", "X-Request-Id",
        "MCP-Protocol-Version", "Mcp-Method", "Mcp-Name", "Mcp-Session-Id",
    ]
    private static let responseHeaders = "X-Request-Id, Location, Retry-After, WWW-Authenticate, Mcp-Session-Id"

    /// Fields every answer to a request carries, so that the pages that may ask can read it.
    package func pageHeaders(for request: HTTPServerRequest) -> HTTPHeaders {
        guard !audience.origins.isEmpty else { return [:] }
        // Also on answers to others: a cache must not give them to pages.
        var headers: HTTPHeaders = ["Vary": "Origin"]
        guard let origin = allowedOrigin(request) else { return headers }
        headers["Access-Control-Allow-Origin"] = origin
        headers["Access-Control-Expose-Headers"] = Self.responseHeaders
        return headers
    }

    /// The answer to a browser that asks whether a page may send a request; nil for any other request.
    ///
    /// - Throws: `AccessRefusal` where the page may not.
    package func preflight(_ request: HTTPServerRequest) throws(AccessRefusal) -> HTTPServerResponse? {
        guard request.method == .options, request.headers["Access-Control-Request-Method"] != nil else { return nil }
        try checkSender(request)
        // The own pages of a server need not ask.
        guard let origin = allowedOrigin(request) else { throw .foreignOrigin }
        var headers: HTTPHeaders = [
            "Access-Control-Allow-Origin": origin, "Access-Control-Allow-Methods": Self.methods,
            "Access-Control-Allow-Headers": Self.allowed(request.headers["Access-Control-Request-Headers"]),
            "Access-Control-Max-Age": "600",
            "Vary": "Origin, Access-Control-Request-Method, Access-Control-Request-Headers",
        ]
        if request.headers["Access-Control-Request-Private-Network"] == "true" {
            headers["Access-Control-Allow-Private-Network"] = "true"
        }
        return HTTPServerResponse(204, headers: headers)
    }

    private func allowedOrigin(_ request: HTTPServerRequest) -> String? {
        let origins = request.headers.values(of: "Origin")
        guard origins.count == 1, let origin = origins.first, audience.isAllowedPage(origin) else { return nil }
        return origin
    }

    /// The names of fields a page may send, with those of tool arguments (`Mcp-Param-…`) that it asks for.
    private static func allowed(_ asked: String?) -> String {
        let parameters = (asked ?? "").split(separator: ",").map { String($0.filter { !$0.isWhitespace }) }
            .filter { $0.lowercased().hasPrefix("mcp-param-") && HTTPHeaders.isToken($0) }
        return (requestHeaders + parameters.prefix(32)).joined(separator: ", ")
    }
}
