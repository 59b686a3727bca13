/// What a client asks, complete with its body.
package struct HTTPServerRequest: Sendable, Hashable {
    package var method: HTTPMethod
    /// The address as the client wrote it: path and query, still percent-encoded.
    package var target: String
    package var headers: HTTPHeaders
    package var body: [UInt8]
    /// Address of the client's machine, without its port; empty where it is not known.
    package var peer: String

    package init(
        method: HTTPMethod,
        target: String,
        headers: HTTPHeaders = [:],
        body: [UInt8] = [],
        peer: String = ""
    ) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
        self.peer = peer
    }

    /// What stands before the first `?`, still percent-encoded.
    package var rawPath: Substring { target.prefix { $0 != "?" } }

    /// The parts of the path between slashes, decoded one by one; nil for an encoding that is broken or no UTF-8.
    ///
    /// A slash or dots that were encoded stay within their part and mean nothing.
    package var pathParts: [String]? {
        var parts: [String] = []
        for part in rawPath.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: true) {
            guard let decoded = PercentEncoding.decoded(part) else { return nil }
            parts.append(decoded)
        }
        return parts
    }

    /// The fields of the query in order; nil where one cannot be decoded.
    package var queryItems: [(name: String, value: String)]? {
        let query = target.utf8.drop { $0 != UInt8(ascii: "?") }.dropFirst()
        var items: [(name: String, value: String)] = []
        for field in query.split(separator: UInt8(ascii: "&")) {
            let name = field.prefix { $0 != UInt8(ascii: "=") }
            let value = field.dropFirst(name.count + 1)
            guard let name = PercentEncoding.decoded(name, plusIsSpace: true),
                let value = PercentEncoding.decoded(value, plusIsSpace: true)
            else { return nil }
            items.append((name, value))
        }
        return items
    }
}
