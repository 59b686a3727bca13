package import HTTPTransport

/// Which addresses may take part in a login: those nobody can listen to on the way.
///
/// That is https, or a server on this machine. A server elsewhere may not lead to one on this machine, nor to the addresses
/// that only machines of a data centre answer: it could make this program send requests that it cannot send itself.
package struct AddressRule: Sendable, Hashable {
    let allowsThisMachine: Bool

    /// The rule for what `server` names.
    package init(for server: HTTPURL) { allowsThisMachine = server.isLoopback }

    /// An address as a document or a header names it.
    func address(_ text: String, as name: String) throws(AuthorizationError) -> HTTPURL {
        let url: HTTPURL
        do { url = try HTTPURL(text) } catch {
            throw AuthorizationError(.addressRefused, name, error.detail)
        }
        // An address of a document is used as it stands: no part may be dropped unseen.
        guard !text.utf8.contains(UInt8(ascii: "#")) else {
            throw AuthorizationError(.addressRefused, "\(url)", "\(name) holds a fragment")
        }
        try check(url, as: name)
        return url
    }

    func check(_ url: HTTPURL, as name: String) throws(AuthorizationError) {
        guard !url.hasCredentials else {
            throw AuthorizationError(.addressRefused, "\(url)", "\(name) holds a user or a password")
        }
        guard !url.isLoopback || allowsThisMachine else {
            throw AuthorizationError(.addressRefused, "\(url)", "\(name) is on this machine, the server is not")
        }
        guard url.scheme == .https || url.isLoopback else {
            throw AuthorizationError(.addressRefused, "\(url)", "\(name) must start with https://")
        }
    }

    /// Looks at where a name really leads.
    var addressCheck: HTTPAddressCheck? { allowsThisMachine ? nil : Self.elsewhere }

    private static let elsewhere = HTTPAddressCheck { address, _ in
        isOfThisPlace(address) ? "it leads to this machine or its own network segment" : nil
    }

    /// Loopback, unspecified and link-local addresses (RFC 6890), also written within IPv6.
    static func isOfThisPlace(_ address: String) -> Bool {
        var text = address.lowercased()[...]
        if text.hasPrefix("[") { text = text.dropFirst().prefix { $0 != "]" } }
        if text.hasPrefix("::ffff:") { text = text.dropFirst("::ffff:".count) }
        return text.hasPrefix("127.") || text.hasPrefix("0.") || text.hasPrefix("169.254.") || text == "::1"
            || text == "::" || ["fe8", "fe9", "fea", "feb"].contains { text.hasPrefix($0) && text.contains(":") }
    }
}
