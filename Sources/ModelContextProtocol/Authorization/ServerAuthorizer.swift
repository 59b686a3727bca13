import Glibc
package import HTTPTransport
import Synchronization

/// Gives the requests to one server their tokens: kept ones, refreshed before they end, or ones a person logs in for.
///
/// Without a browser nobody is asked: a server that wants a login is then refused with what a person can do about it.
package final class ServerAuthorizer: RequestAuthorizer {
    let server: HTTPURL
    let settings: AuthorizationSettings
    let file: TokenFile
    let client: any HTTPClient
    let browser: (any BrowserOpener)?
    let patience: Duration
    let now: @Sendable () -> Int64
    private let command: String?
    private let renewal = SharedRenewal()
    private let attempts = Mutex<[[String]: Int]>([:])

    /// How often one set of scopes is logged in for in this process, and how many sets there may be.
    private static let maximumAttempts = 2
    private static let maximumScopeSets = 16

    /// - Parameters:
    ///   - folder: where tokens are kept, for all servers.
    ///   - browser: nil where nobody sits in front of this process.
    ///   - command: what a person runs to log in.
    ///   - patience: how long a login may take.
    ///   - now: seconds since 1970.
    package init(
        _ server: HTTPURL,
        settings: AuthorizationSettings = AuthorizationSettings(),
        tokensIn folder: String,
        client: any HTTPClient,
        browser: (any BrowserOpener)? = nil,
        command: String? = nil,
        patience: Duration = .seconds(300),
        now: @escaping @Sendable () -> Int64 = { Int64(time(nil)) }
    ) {
        self.server = server
        self.settings = settings
        file = TokenFile(in: folder, for: server)
        self.client = client
        self.browser = browser
        self.command = command
        self.patience = patience
        self.now = now
    }

    package var remedy: String? { command.map { "run '\($0)'" } }

    package func authorization() async throws -> String? {
        do {
            guard let held = try await usable() else { return nil }
            guard held.isDue(at: now()) else { return held.header }
            guard held.refresh != nil else { return held.isOver(at: now()) ? nil : held.header }
            do {
                _ = try await renewal.run { try await self.refresh(insteadOf: held.access) }
            } catch ConnectionError.network(let error) {
                // One that is still good serves until the authorization server can be reached again.
                guard !held.isOver(at: now()) else { throw ConnectionError.network(error) }
                return held.header
            }
            guard let next = try await usable(), !next.isOver(at: now()) else { return nil }
            return next.header
        } catch let error as AuthorizationError {
            throw unauthorized(AuthorizationChallenge(status: 401), error)
        }
    }

    package func renew(after challenge: AuthorizationChallenge, refused: String?) async throws -> Bool {
        let wanted = challenge.status == 403 ? Scopes.words(challenge.scope) : []
        if challenge.status == 403 {
            guard challenge.error == "insufficient_scope", !wanted.isEmpty else { return false }
        }
        do {
            // Whoever joins a renewal that was for something else begins one of its own, once.
            for _ in 0..<3 {
                if try await serves(wanted, refused: refused) { return true }
                let isOwn = try await renewal.run {
                    try await self.obtain(challenge, wanted: wanted, refused: refused)
                }
                if isOwn { return try await usable().map { $0.header != refused } ?? false }
            }
            return try await serves(wanted, refused: refused)
        } catch let error as AuthorizationError {
            throw unauthorized(challenge, error)
        }
    }

    /// Whether there is another token than the one that was refused, which allows what is wanted.
    private func serves(_ wanted: [String], refused: String?) async throws -> Bool {
        guard let held = try await usable(), held.header != refused, !held.isOver(at: now()) else { return false }
        return Set(wanted).isSubset(of: held.scopes)
    }

    private func obtain(_ challenge: AuthorizationChallenge, wanted: [String], refused: String?) async throws {
        if try await serves(wanted, refused: refused) { return }
        if challenge.status == 401, let held = try await usable(), held.refresh != nil {
            try await refresh(insteadOf: held.access)
            if try await serves([], refused: refused) { return }
        }
        guard let browser else { throw AuthorizationError(.nobodyToAsk, "\(server)") }
        try countAttempt(Scopes.words(challenge.scope))
        _ = try await login(challenge, browser)
    }

    /// - Throws: where the same was asked for too often: the person would log in for ever.
    private func countAttempt(_ scopes: [String]) throws(AuthorizationError) {
        let key = scopes.sorted()
        let isAllowed = attempts.withLock { attempts in
            guard attempts[key, default: 0] < Self.maximumAttempts,
                attempts[key] != nil || attempts.count < Self.maximumScopeSets
            else { return false }
            attempts[key, default: 0] += 1
            return true
        }
        guard isAllowed else {
            throw AuthorizationError(
                .tokenRefused,
                "\(server)",
                "the server refuses the tokens of logins again and again"
            )
        }
    }

    // MARK: - What is kept

    /// The record of this server, where it is of the client and the authorization server the user names.
    func record() async throws -> TokenRecord? {
        guard let record = try await file.record() else { return nil }
        if let named = settings.clientID, record.client.identifier != named { return nil }
        if let issuer = settings.issuer, record.issuer != issuer { return nil }
        return record
    }

    private func usable() async throws -> TokenRecord.Tokens? { try await record()?.tokens }

    /// Gets another token for the refresh token, unless another process has done so.
    ///
    /// Not ended by a cancellation: the answer holds the next refresh token, and the last is used up.
    private func refresh(insteadOf access: Secret) async throws {
        try await Task { try await refreshAlone(insteadOf: access) }.value
    }

    private func refreshAlone(insteadOf access: Secret) async throws {
        let lock = try await file.lock()
        defer { withExtendedLifetime(lock) {} }
        guard var record = try await record(), let held = record.tokens, held.access == access,
            let token = held.refresh
        else { return }
        let endpoint = try self.endpoint(record)
        do {
            let grant = try await endpoint.refresh(token)
            record.tokens = TokenRecord.Tokens(grant, refresh: token, scopes: held.scopes, now: now())
        } catch let refusal as AuthorizationExchange.Refusal {
            guard ["invalid_grant", "invalid_client", "unauthorized_client"].contains(refusal.code) else {
                throw refusal.error
            }
            // It is good for nothing any more; the access token may be, until it ends.
            record.tokens?.refresh = nil
            if refusal.code != "invalid_grant" { record.client.redirect = nil }
        }
        try await file.write(record)
    }

    private func endpoint(_ record: TokenRecord) throws(AuthorizationError) -> TokenEndpoint {
        let rule = AddressRule(for: server)
        try rule.check(server, as: "the server")
        return TokenEndpoint(
            exchange: AuthorizationExchange(client: client, rule: rule),
            endpoint: try rule.address(record.tokenEndpoint, as: "token_endpoint"),
            identity: record.client,
            resource: record.resource
        )
    }

    /// Forgets the tokens, here and, where it takes that, at the authorization server.
    ///
    /// - Returns: false where there were none.
    package func logout() async throws -> Bool {
        let lock = try await file.lock()
        defer { withExtendedLifetime(lock) {} }
        // A file that cannot be read is removed all the same.
        let record = try? await file.record()
        let isRemoved = try await file.remove()
        guard let record, let tokens = record.tokens, let text = record.revocationEndpoint else { return isRemoved }
        let rule = AddressRule(for: server)
        let endpoint = TokenEndpoint(
            exchange: AuthorizationExchange(client: client, rule: rule),
            endpoint: try rule.address(text, as: "revocation_endpoint"),
            identity: record.client,
            resource: record.resource
        )
        // What the server does with it changes nothing here: the tokens are gone from this machine.
        if let refresh = tokens.refresh { try? await endpoint.revoke(refresh, kind: "refresh_token") }
        try? await endpoint.revoke(tokens.access, kind: "access_token")
        return isRemoved
    }

    private func unauthorized(_ challenge: AuthorizationChallenge, _ error: AuthorizationError) -> ConnectionError {
        var challenge = challenge
        challenge.problem = "\(error)"
        challenge.remedy = remedy
        if challenge.status == 403, let command, let scope = challenge.scope, Self.isPlain(scope) {
            challenge.remedy = "run '\(command) --scope \"\(scope)\"'"
        }
        return .unauthorized(challenge)
    }

    /// A server's words stand in a command only where a shell makes nothing of them.
    private static func isPlain(_ scope: String) -> Bool {
        scope.utf8.count <= 200
            && scope.unicodeScalars.allSatisfy {
                $0.isASCII && ($0.properties.isAlphabetic || "0123456789:._/- ".unicodeScalars.contains($0))
            }
    }
}
