import HTTPTransport
import JSONSchema

extension HTTPOperation {
    /// The request that makes a call.
    ///
    /// Every argument is escaped for its place: none of them can change the server, add a path segment or a header.
    /// - Parameter credentials: the parts of one authorization with the values of their variables.
    func request(
        _ arguments: JSONObject,
        idempotencyKey: String,
        credentials: [(Authorization, secret: String)],
        limits: HTTPLimits
    ) throws(ToolFailure) -> HTTPRequest {
        var parts = HTTPRequestParts(path: template, headers: headers)
        for (name, value) in arguments {
            let parameter = parameters[name] ?? Parameter(hasBody ? .body : .query, name)
            try parts.put(value, parameter)
        }
        if let open = parts.path.firstIndex(of: "{") {
            throw HTTPRequestParts.invalid(
                "the address needs \(parts.path[open...].prefix { $0 != "}" })}, which no argument gives"
            )
        }
        for (authorization, secret) in credentials { parts.put(secret, authorization) }
        parts.finishCookies()
        if let idempotencyHeader, !method.isIdempotent { parts.headers[idempotencyHeader] = idempotencyKey }
        if parts.headers["Accept"] == nil { parts.headers["Accept"] = "application/json, */*;q=0.5" }
        let body = parts.body
        if let body, parts.headers["Content-Type"] == nil { parts.headers["Content-Type"] = body.type }
        do throws(HTTPError) {
            let url = try HTTPURL(parts.target)
            return HTTPRequest(method, url, headers: parts.headers, body: body?.bytes, limits: limits)
        } catch {
            throw HTTPRequestParts.invalid("\(error)")
        }
    }

    private var hasBody: Bool { [.post, .put, .patch].contains(method) }
}
