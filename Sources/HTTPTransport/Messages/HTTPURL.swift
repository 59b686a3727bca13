import CCurl

/// The address of something on an HTTP server.
///
/// Read by libcurl's own parser, so that what is checked here is what is connected to: hosts are in lower case, IPv4
/// addresses in four decimal parts, dot segments resolved, fragments dropped.
package struct HTTPURL: Sendable, Hashable {
    package enum Scheme: String, Sendable, Hashable {
        case http, https

        package var defaultPort: Int { self == .http ? 80 : 443 }
    }

    /// Longest address that is read, in bytes.
    package static let maximumLength = 16 << 10

    package let scheme: Scheme
    /// A name or an address; IPv6 addresses stand in brackets.
    package let host: String
    package let port: Int
    /// User and password, where the address holds them.
    private let credentials: Secret?
    /// Starts with a slash; escaped as it is sent.
    package private(set) var path: String
    /// Without its question mark; escaped as it is sent.
    package private(set) var query: String?

    /// Reads an absolute address.
    package init(_ text: String) throws(HTTPError) {
        try self.init(text, relativeTo: nil)
    }

    /// Reads an address as it is written on the page of another, absolute or relative.
    package init(_ text: String, relativeTo base: HTTPURL?) throws(HTTPError) {
        guard text.utf8.count <= Self.maximumLength, !text.utf8.contains(0) else {
            throw HTTPError(.invalidRequest, detail: "the address is too long or holds a NUL byte")
        }
        guard let handle = curl_url() else { throw HTTPError(.internalFault, detail: "no memory for an address") }
        defer { curl_url_cleanup(handle) }
        let flags = UInt32(CURLU_NON_SUPPORT_SCHEME | CURLU_URLENCODE)
        if let base { curl_url_set(handle, CURLUPART_URL, base.wireText, flags) }
        let code = curl_url_set(handle, CURLUPART_URL, text, flags)
        guard code == CURLUE_OK else {
            throw HTTPError(
                .invalidRequest,
                detail: "the address cannot be read: \(String(cString: curl_url_strerror(code)))"
            )
        }
        func part(_ part: CURLUPart, _ flags: Int32 = 0) -> String? {
            var text: UnsafeMutablePointer<CChar>?
            guard curl_url_get(handle, part, &text, UInt32(flags)) == CURLUE_OK, let text else { return nil }
            defer { curl_free(text) }
            return String(cString: text)
        }
        let name = part(CURLUPART_SCHEME)?.lowercased() ?? ""
        guard let scheme = Scheme(rawValue: name) else {
            throw HTTPError(
                .invalidRequest,
                detail: "addresses start with http:// or https://, not with \(name.prefix(20)):"
            )
        }
        guard let host = part(CURLUPART_HOST)?.lowercased(), !host.isEmpty else {
            throw HTTPError(.invalidRequest, detail: "the address names no host")
        }
        self.scheme = scheme
        self.host = host
        port = part(CURLUPART_PORT).flatMap { Int($0) } ?? scheme.defaultPort
        path = part(CURLUPART_PATH) ?? "/"
        query = part(CURLUPART_QUERY)
        let user = part(CURLUPART_USER)
        let password = part(CURLUPART_PASSWORD)
        credentials = user == nil && password == nil ? nil : Secret("\(user ?? ""):\(password ?? "")")
    }

    package var hasCredentials: Bool { credentials != nil }

    /// Scheme, host and port, without a port that goes without saying: `https://example.org`.
    package var origin: String {
        "\(scheme.rawValue)://\(host)" + (port == scheme.defaultPort ? "" : ":\(port)")
    }

    /// Path and query, as they are sent.
    package var target: String { path + (query.map { "?\($0)" } ?? "") }

    /// The whole address, secrets included; for the wire only.
    package var wireText: String {
        guard let credentials else { return origin + target }
        return "\(scheme.rawValue)://\(credentials.reveal())@" + origin.dropFirst(scheme.rawValue.utf8.count + 3)
            + target
    }

    /// Whether a request to `other` goes to the same server, where it may take its credentials along.
    package func hasOrigin(of other: HTTPURL) -> Bool {
        scheme == other.scheme && host == other.host && port == other.port
    }

    /// Whether the server runs on this machine, by its name.
    package var isLoopback: Bool {
        host == "localhost" || host.hasSuffix(".localhost") || host == "[::1]"
            || (host.hasPrefix("127.") && host.allSatisfy { $0 == "." || $0.isNumber })
    }

    /// This address with another path, which is escaped already.
    package func replacing(path: String) -> HTTPURL {
        var url = self
        url.path = path
        return url
    }

    /// This address with more segments at the end of its path; `segments` are escaped already.
    package func appending(path segments: String) -> HTTPURL {
        var url = self
        url.path = (path.hasSuffix("/") ? String(path.dropLast()) : path) + "/" + segments
        return url
    }
}

extension HTTPURL: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The address without its user and password, and with key-like items of the query hidden.
    package var description: String { origin + path + (query.map { "?\(Redaction.query($0))" } ?? "") }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
