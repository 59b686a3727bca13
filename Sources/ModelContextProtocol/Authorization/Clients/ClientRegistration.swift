import HTTPTransport
import JSONSchema

/// Makes this program a client of an authorization server (revision 2026-07-28, "Client Registration").
struct ClientRegistration: Sendable {
    let settings: AuthorizationSettings
    let server: AuthorizationServerMetadata
    let client: any HTTPClient
    let rule: AddressRule

    /// The identity the user or a document gives; nil where one must be registered.
    func given() throws(AuthorizationError) -> ClientIdentity? {
        if let identifier = settings.clientID {
            return ClientIdentity(
                origin: .configured,
                identifier: identifier,
                secret: settings.clientSecret,
                proof: settings.clientSecret == nil ? .none : proof(withSecret: true)
            )
        }
        guard let document = settings.clientDocument, server.takesClientDocuments else { return nil }
        let url = try rule.address(document, as: "client_metadata_url")
        guard url.scheme == .https, url.path != "/" else {
            throw AuthorizationError(.addressRefused, document, "client_metadata_url is https and has a path")
        }
        return ClientIdentity(origin: .document, identifier: document, proof: .none)
    }

    /// Whether an identity of an earlier login serves for this one.
    func serves(_ identity: ClientIdentity, now: Int64) -> Bool {
        identity.origin == .registered && (identity.secretEnds.map { now < $0 } ?? true)
    }

    /// Registers with the authorization server (RFC 7591).
    func register(redirect: String, scopes: [String]) async throws -> ClientIdentity {
        guard let endpoint = server.registrationEndpoint else {
            throw AuthorizationError(.noRegistration, server.issuer)
        }
        let wanted = proof(withSecret: false)
        var document: JSONObject = [
            "client_name": "SkillWeaver", "application_type": "native", "redirect_uris": [.string(redirect)],
            "grant_types": ["authorization_code", "refresh_token"], "response_types": ["code"],
            "token_endpoint_auth_method": .string(wanted.rawValue),
        ]
        if !scopes.isEmpty { document["scope"] = .string(scopes.joined(separator: " ")) }
        let asking = AuthorizationExchange(client: client, rule: rule)
        let answer = try await asking.post(
            endpoint,
            "application/json",
            JSONValue.object(document).serialized(),
            refusal: .registrationRefused
        )
        let reading = try DocumentReading(answer, from: "\(endpoint)")
        let secret = try reading.text("client_secret").map { Secret($0) }
        let said = try reading.text("token_endpoint_auth_method")
        guard let proof = said.map({ ClientIdentity.Proof(rawValue: $0) }) ?? (secret == nil ? .none : wanted) else {
            throw AuthorizationError(.registrationRefused, server.issuer, "it wants a proof this program cannot give")
        }
        let ends = answer["client_secret_expires_at"]?.intValue ?? 0
        return ClientIdentity(
            origin: .registered,
            identifier: try reading.needed("client_id"),
            secret: secret,
            proof: secret == nil ? .none : proof == .none ? .post : proof,
            redirect: redirect,
            secretEnds: ends > 0 ? Int64(ends) : nil
        )
    }

    /// The first way of the server's that this program knows; one on a person's machine keeps no secret if it need not.
    private func proof(withSecret: Bool) -> ClientIdentity.Proof {
        guard let known = server.clientMethods?.compactMap(ClientIdentity.Proof.init) else {
            return withSecret ? .basic : .none
        }
        if !withSecret, known.contains(.none) { return .none }
        return known.first { $0 != .none } ?? (withSecret ? .basic : .none)
    }
}
