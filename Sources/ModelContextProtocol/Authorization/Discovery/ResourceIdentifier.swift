package import HTTPTransport

/// The name a server has where tokens for it are asked for (RFC 8707, 2).
package enum ResourceIdentifier {
    /// Scheme and host in lower case, without a slash alone, credentials and fragment.
    package static func canonical(_ server: HTTPURL) -> String {
        server.origin + (server.target == "/" ? "" : server.target)
    }

    /// Whether both name one resource; a slash at the end of the path means nothing.
    static func areEqual(_ left: HTTPURL, _ right: HTTPURL) -> Bool {
        left.hasOrigin(of: right) && trimmed(left.path) == trimmed(right.path) && left.query == right.query
    }

    /// Whether `resource` is the whole of what `server` is a part of.
    static func covers(_ resource: HTTPURL, _ server: HTTPURL) -> Bool {
        resource.hasOrigin(of: server) && resource.query == nil
            && "\(server.path)/".hasPrefix("\(trimmed(resource.path))/")
    }

    /// Where documents about something stand: `suffix` between host and path (RFC 9728, 3.1; RFC 8414, 3.1).
    static func wellKnown(_ suffix: String, of url: HTTPURL) -> String {
        "\(url.origin)/.well-known/\(suffix)" + trimmed(url.path) + (url.query.map { "?\($0)" } ?? "")
    }

    static func trimmed(_ path: String) -> String { path.hasSuffix("/") ? String(path.dropLast()) : path }
}
