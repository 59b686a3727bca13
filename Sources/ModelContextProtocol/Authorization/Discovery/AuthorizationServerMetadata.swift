package import HTTPTransport
import JSONSchema

/// What an authorization server says about itself (RFC 8414, 2; OpenID Connect Discovery 1.0, 3), checked.
package struct AuthorizationServerMetadata: Sendable, Hashable {
    package var issuer: String
    package var authorizationEndpoint: HTTPURL
    package var tokenEndpoint: HTTPURL
    package var registrationEndpoint: HTTPURL?
    package var revocationEndpoint: HTTPURL?
    package var scopes: [String]
    /// How clients prove at the token endpoint who they are; nil where the document does not say.
    package var clientMethods: [String]?
    /// A client may be named by the address of a document about it.
    package var takesClientDocuments: Bool
    /// Answers always name their issuer (RFC 9207, 3).
    package var namesItselfInAnswers: Bool

    /// - Parameter issuer: who was asked; the document must be by the same, letter by letter (RFC 8414, 3.3).
    init(_ json: JSONValue, at place: HTTPURL, issuer: String, rule: AddressRule) throws(AuthorizationError) {
        let reading = try DocumentReading(json, from: "\(place)")
        let named = try reading.needed("issuer")
        guard named.utf8.elementsEqual(issuer.utf8) else {
            throw AuthorizationError(.otherIssuer, "\(place)", "it is about \(named), asked was \(issuer)")
        }
        self.issuer = issuer
        authorizationEndpoint = try rule.address(
            try reading.needed("authorization_endpoint"),
            as: "authorization_endpoint"
        )
        tokenEndpoint = try rule.address(try reading.needed("token_endpoint"), as: "token_endpoint")
        registrationEndpoint = try Self.address("registration_endpoint", reading, rule)
        revocationEndpoint = try Self.address("revocation_endpoint", reading, rule)
        scopes = try reading.texts("scopes_supported") ?? []
        clientMethods = try reading.texts("token_endpoint_auth_methods_supported")
        takesClientDocuments = reading.truth("client_id_metadata_document_supported")
        namesItselfInAnswers = reading.truth("authorization_response_iss_parameter_supported")
        guard try reading.texts("code_challenge_methods_supported")?.contains("S256") == true else {
            throw AuthorizationError(.noProofKey, issuer)
        }
        if let types = try reading.texts("response_types_supported"), !types.contains("code") {
            throw AuthorizationError(.malformedDocument, "\(place)", "the authorization server gives no codes")
        }
    }

    private static func address(
        _ name: String,
        _ reading: DocumentReading,
        _ rule: AddressRule
    ) throws(AuthorizationError) -> HTTPURL? {
        guard let text = try reading.text(name) else { return nil }
        return try rule.address(text, as: name)
    }

    /// Where the document of an issuer may stand, in the order of the specification.
    static func places(of issuer: HTTPURL) -> [String] {
        let oauth = ResourceIdentifier.wellKnown("oauth-authorization-server", of: issuer)
        let openID = ResourceIdentifier.wellKnown("openid-configuration", of: issuer)
        let path = ResourceIdentifier.trimmed(issuer.path)
        guard !path.isEmpty else { return [oauth, openID] }
        return [oauth, openID, "\(issuer.origin)\(path)/.well-known/openid-configuration"]
    }
}
