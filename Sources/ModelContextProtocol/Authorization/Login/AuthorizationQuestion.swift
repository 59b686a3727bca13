import HTTPTransport

/// One question to an authorization server, put by way of the person's browser, and what its answer must be.
///
/// Everything the answer is checked against is fixed before the browser is opened.
package struct AuthorizationQuestion: Sendable {
    let issuer: String
    let namesItselfInAnswers: Bool
    let state: Secret
    let proof: ProofKey

    package init(to server: AuthorizationServerMetadata, state: String = RandomBytes.identifier()) {
        issuer = server.issuer
        namesItselfInAnswers = server.namesItselfInAnswers
        self.state = Secret(state)
        proof = ProofKey()
    }

    /// The page the person is sent to.
    func address(
        _ server: AuthorizationServerMetadata,
        client: String,
        redirect: String,
        resource: String,
        scopes: [String]
    ) throws(AuthorizationError) -> HTTPURL {
        var fields = [
            ("response_type", "code"), ("client_id", client), ("redirect_uri", redirect), ("state", state.reveal()),
            ("code_challenge", proof.challenge), ("code_challenge_method", "S256"), ("resource", resource),
        ]
        if !scopes.isEmpty { fields.append(("scope", scopes.joined(separator: " "))) }
        let endpoint = server.authorizationEndpoint
        let text = endpoint.wireText + (endpoint.query == nil ? "?" : "&") + FormText.encode(fields)
        do { return try HTTPURL(text) } catch {
            throw AuthorizationError(.malformedDocument, server.issuer, error.detail)
        }
    }

    /// What an answer is.
    enum Reading: Sendable {
        /// Not to this question: nothing in it is looked at.
        case foreign
        case refused(AuthorizationError)
        case code(Secret)
    }

    /// Reads the fields an answer came with.
    func read(_ fields: [(name: String, value: String)]) -> Reading {
        func values(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }
        let states = values("state")
        guard states.count == 1, StateSeal.areEqual(Array(states[0].utf8), Array(state.reveal().utf8)) else {
            return .foreign
        }
        // Who answers is looked at before anything they say (RFC 9207, 2.4), letter by letter.
        let issuers = values("iss")
        guard issuers.isEmpty ? !namesItselfInAnswers : issuers.count == 1 && issuers[0].utf8.elementsEqual(issuer.utf8)
        else {
            let who = issuers.isEmpty ? "the answer does not name who gives it" : "the answer is by another"
            return .refused(AuthorizationError(.otherIssuer, issuer, who))
        }
        let (errors, codes) = (values("error"), values("code"))
        if let error = errors.first {
            let said = values("error_description").first.map { ": \($0)" } ?? ""
            return .refused(AuthorizationError(.denied, issuer, state.hidden(in: error + said)))
        }
        guard codes.count == 1, !codes[0].isEmpty, codes[0].utf8.count <= 4_096 else {
            return .refused(AuthorizationError(.foreignAnswer, issuer, "the answer holds no code, or several"))
        }
        return .code(Secret(codes[0]))
    }
}
