import HTTPTransport
import JSONSchema

/// What a server says about the tokens it takes (RFC 9728, 2).
package struct ResourceMetadata: Sendable, Hashable {
    /// As the document writes it: tokens are asked for under this name.
    package var resource: String
    /// Issuers of tokens; at least one.
    package var authorizationServers: [String]
    package var scopes: [String]?

    /// Reads the document found at `place` and checks that it is about `server`.
    ///
    /// It is where it names the server itself. It also is where it names the whole of what the server is a part of, and
    /// stands where only that whole can put it: at the resource's own well-known address (RFC 9728, 3.3).
    init(_ json: JSONValue, at place: HTTPURL, of server: HTTPURL, rule: AddressRule) throws(AuthorizationError) {
        let reading = try DocumentReading(json, from: "\(place)")
        resource = try reading.needed("resource")
        let named: HTTPURL
        do { named = try HTTPURL(resource) } catch {
            throw AuthorizationError(.otherResource, "\(place)", "`resource` is no address")
        }
        let isOwnPlace = place.wireText == ResourceIdentifier.wellKnown(Self.suffix, of: named)
        guard !resource.utf8.contains(UInt8(ascii: "#")), !named.hasCredentials,
            ResourceIdentifier.areEqual(named, server)
                || (isOwnPlace && ResourceIdentifier.covers(named, server))
        else {
            throw AuthorizationError(.otherResource, "\(place)", "it is about \(named), the server is \(server)")
        }
        authorizationServers = try reading.texts("authorization_servers") ?? []
        guard !authorizationServers.isEmpty, authorizationServers.count <= 16 else {
            throw AuthorizationError(.malformedDocument, "\(place)", "`authorization_servers` names none, or too many")
        }
        if let methods = try reading.texts("bearer_methods_supported"), !methods.contains("header") {
            throw AuthorizationError(.malformedDocument, "\(place)", "the server takes no token in a header")
        }
        scopes = try reading.texts("scopes_supported").map(Scopes.usable)
    }

    static let suffix = "oauth-protected-resource"

    /// Where the document of a server may stand, most exact first.
    static func places(of server: HTTPURL) -> [String] {
        let root = "\(server.origin)/.well-known/\(suffix)"
        let own = ResourceIdentifier.wellKnown(suffix, of: server)
        return own == root ? [root] : [own, root]
    }
}
