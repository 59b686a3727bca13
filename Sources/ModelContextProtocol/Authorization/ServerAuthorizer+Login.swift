package import HTTPTransport
import JSONSchema

/// What a login brought.
package struct LoginOutcome: Sendable, Hashable {
    package var issuer: String
    package var resource: String
    package var scopes: [String]
    /// Seconds the token is good for; nil where nobody knows.
    package var lifetime: Int64?
    /// Whether the login goes on by itself when the token ends.
    package var isRefreshed: Bool
}

extension ServerAuthorizer {
    /// Lets a person log in to the server, whatever tokens there are.
    ///
    /// - Parameter scopes: what the tokens must allow, beside what the server says.
    /// - Returns: nil where the server answers everybody.
    /// - Throws: `AuthorizationError`, `ConnectionError` or `CancellationError`.
    package func login(scopes: [String] = [], headers: HTTPHeaders = [:]) async throws -> LoginOutcome? {
        guard let browser else { throw AuthorizationError(.nobodyToAsk, "\(server)") }
        try AddressRule(for: server).check(server, as: "the server")
        guard var challenge = try await challenge(headers) else { return nil }
        if !scopes.isEmpty {
            challenge.scope = Scopes.usable(Scopes.words(challenge.scope) + scopes).joined(separator: " ")
        }
        let record = try await login(challenge, browser)
        let tokens = record.tokens
        return LoginOutcome(
            issuer: record.issuer,
            resource: record.resource,
            scopes: tokens?.scopes ?? [],
            lifetime: tokens?.ends.map { $0 - now() },
            isRefreshed: tokens?.refresh != nil
        )
    }

    /// What the server asks of a request without a token; nil where it answers it.
    private func challenge(_ headers: HTTPHeaders) async throws -> AuthorizationChallenge? {
        let version = ProtocolVersion.v2026_07_28.rawValue
        let question: JSONValue = [
            "jsonrpc": "2.0", "id": 1, "method": .string(Method.discover),
            "params": [
                "_meta": [
                    "io.modelcontextprotocol/protocolVersion": .string(version),
                    "io.modelcontextprotocol/clientCapabilities": [:],
                ]
            ],
        ]
        var headers = headers
        headers["Authorization"] = nil
        headers["Content-Type"] = "application/json"
        headers["Accept"] = "application/json, text/event-stream"
        headers[MirroredHeaders.version] = version
        headers[MirroredHeaders.method] = Method.discover
        let limits = HTTPLimits(totalTimeout: .seconds(30), maximumBodyBytes: 4 << 20)
        let request = HTTPRequest(
            .post,
            server,
            headers: headers,
            body: Array(question.serialized().utf8),
            limits: limits
        )
        do {
            let head = try await client.stream(request).head
            return head.status.isSuccess ? nil : AuthorizationChallenge(head)
        } catch let error as HTTPError {
            throw ConnectionError.network(error)
        }
    }

    /// Finds the authorization server, sends the person there, and keeps what comes of it.
    func login(_ challenge: AuthorizationChallenge, _ browser: any BrowserOpener) async throws -> TokenRecord {
        let rule = AddressRule(for: server)
        let found = try await AuthorizationDiscovery(server, client: client, issuer: settings.issuer).find(challenge)
        let authority = found.authorizationServer
        let before = try await record()
        try checkIdentity(before, authority)
        let own = before?.issuer == authority.issuer ? before : nil
        let scopes = Scopes.choice(
            challenged: Scopes.words(challenge.scope),
            before: own?.requested ?? [],
            configured: settings.scopes,
            supported: found.scopes,
            offered: authority.scopes
        )
        let registration = ClientRegistration(settings: settings, server: authority, client: client, rule: rule)
        let given = try registration.given()
        let earlier = given == nil ? own?.client : nil
        let question = AuthorizationQuestion(to: authority)
        let listener = try listener(question, for: earlier)
        var isReused = false
        do {
            let redirect = listener.address
            let identity: ClientIdentity
            if let given {
                identity = given
            } else if let earlier, earlier.redirect == redirect, registration.serves(earlier, now: now()) {
                identity = earlier
                isReused = true
            } else {
                identity = try await registration.register(redirect: redirect, scopes: scopes)
            }
            let page = try question.address(
                authority,
                client: identity.identifier,
                redirect: redirect,
                resource: found.resource,
                scopes: scopes
            )
            try await browser.open(page)
            let code = try await listener.code(within: patience, of: authority.issuer)
            let endpoint = TokenEndpoint(
                exchange: AuthorizationExchange(client: client, rule: rule),
                endpoint: authority.tokenEndpoint,
                identity: identity,
                resource: found.resource
            )
            let grant = try await endpoint.redeem(code, question.proof, redirect: redirect)
            let record = TokenRecord(
                server: file.server,
                resource: found.resource,
                issuer: authority.issuer,
                tokenEndpoint: authority.tokenEndpoint.wireText,
                revocationEndpoint: authority.revocationEndpoint?.wireText,
                client: identity,
                requested: scopes,
                tokens: TokenRecord.Tokens(grant, refresh: nil, scopes: scopes, now: now())
            )
            try await keep(record)
            await listener.close()
            return record
        } catch {
            await listener.close()
            // The authorization server may have forgotten this client, and told only the browser.
            if isReused { try? await forgetRegistration() }
            throw error
        }
    }

    private func forgetRegistration() async throws {
        let lock = try await file.lock()
        defer { withExtendedLifetime(lock) {} }
        guard var record = try await file.record() else { return }
        record.client.redirect = nil
        try await file.write(record)
    }

    private func keep(_ record: TokenRecord) async throws {
        let lock = try await file.lock()
        defer { withExtendedLifetime(lock) {} }
        try await file.write(record)
    }

    /// A client that was registered by hand belongs to the authorization server it was registered with.
    private func checkIdentity(_ before: TokenRecord?, _ authority: AuthorizationServerMetadata)
        throws(AuthorizationError)
    {
        guard let before, before.client.origin == .configured, before.issuer != authority.issuer,
            settings.clientID != nil, settings.issuer == nil
        else { return }
        throw AuthorizationError(
            .otherIssuer,
            authority.issuer,
            "the configured client was used with \(before.issuer); log out first, or name the issuer in the configuration"
        )
    }

    /// Listens where an earlier registration says, if that is free.
    private func listener(
        _ question: AuthorizationQuestion,
        for earlier: ClientIdentity?
    ) throws(AuthorizationError) -> RedirectListener {
        if settings.redirectPort != 0 { return try RedirectListener(question, port: settings.redirectPort) }
        if let redirect = earlier?.redirect, let port = (try? HTTPURL(redirect))?.port,
            let listener = try? RedirectListener(question, port: port)
        {
            return listener
        }
        return try RedirectListener(question, port: 0)
    }
}
