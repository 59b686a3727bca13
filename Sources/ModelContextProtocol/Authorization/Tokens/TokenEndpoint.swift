import HTTPTransport
import JSONSchema

/// Where an authorization server gives tokens, takes them back in exchange, and forgets them.
struct TokenEndpoint: Sendable {
    let exchange: AuthorizationExchange
    let endpoint: HTTPURL
    let identity: ClientIdentity
    /// What the tokens are for; said in every request (RFC 8707, 2.2).
    let resource: String

    func redeem(_ code: Secret, _ proof: ProofKey, redirect: String) async throws -> TokenGrant {
        let fields = [
            ("grant_type", "authorization_code"), ("code", code.reveal()), ("redirect_uri", redirect),
            ("code_verifier", proof.verifier.reveal()), ("resource", resource),
        ]
        do { return try await ask(fields, hiding: [code, proof.verifier]) } catch let refused
            as AuthorizationExchange
            .Refusal
        {
            throw refused.error
        }
    }

    /// - Throws: `AuthorizationExchange.Refusal` where the server takes the refresh token no longer.
    func refresh(_ token: Secret) async throws -> TokenGrant {
        try await ask(
            [("grant_type", "refresh_token"), ("refresh_token", token.reveal()), ("resource", resource)],
            hiding: [token]
        )
    }

    /// Tells the authorization server to forget a token (RFC 7009).
    func revoke(_ token: Secret, kind: String) async throws {
        let (fields, authorization) = identity.sign([("token", token.reveal()), ("token_type_hint", kind)])
        _ = try await exchange.send(endpoint, Self.form, FormText.encode(fields), authorization, [token], .tokenRefused)
    }

    private static let form = "application/x-www-form-urlencoded"

    private func ask(_ fields: [(String, String)], hiding secrets: [Secret]) async throws -> TokenGrant {
        let (fields, authorization) = identity.sign(fields)
        let answer = try await exchange.send(
            endpoint,
            Self.form,
            FormText.encode(fields),
            authorization,
            secrets + [identity.secret].compactMap { $0 },
            .tokenRefused
        )
        guard let json = try? JSONParser.parse(utf8: answer.body) else {
            throw AuthorizationError(.malformedDocument, endpoint.origin, "the answer is no JSON")
        }
        return try TokenGrant(json, from: endpoint.origin)
    }
}
