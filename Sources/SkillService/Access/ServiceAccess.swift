package import HTTPTransport
package import PlanExecution

/// Who may do what with the service: every request passes here before anything is done for it.
package struct ServiceAccess: Sendable {
    /// The names the service answers under, and the pages that may use it.
    package var audience: ServerAudience
    /// What programs of this machine may do without a token; nothing where the service listens to the network.
    package var anonymousScopes: Set<AccessScope>
    package let tokens: AccessTokenStore
    private let failures: FailedTokens
    private let now: @Sendable () -> RunTime
    private let onTokenError: @Sendable (AccessTokenError) -> Void

    /// - Parameters:
    ///   - interface: what the service listens on, as its options name it.
    ///   - failureLimit: invalid tokens of one sender in a minute that are answered with 401; more are with 429.
    ///   - onTokenError: told when the tokens cannot be read; callers only hear that it is so.
    package init(
        interface: String = "127.0.0.1",
        audience: ServerAudience = ServerAudience(),
        tokens: AccessTokenStore,
        failureLimit: Int = 20,
        now: @escaping @Sendable () -> RunTime = { SystemRunClock().now },
        onTokenError: @escaping @Sendable (AccessTokenError) -> Void = { _ in }
    ) {
        self.audience = audience
        anonymousScopes = ServerAudience.isLoopbackInterface(interface) ? [.library, .metrics] : []
        self.tokens = tokens
        failures = FailedTokens(limit: failureLimit)
        self.now = now
        self.onTokenError = onTokenError
    }

    /// Who sends a request that needs a scope.
    ///
    /// - Throws: `AccessRefusal` where it may not be answered: another server's name, a foreign page, a token that is
    ///   missing or not valid, or one without the scope.
    package func admit(
        _ request: HTTPServerRequest,
        needing scope: AccessScope
    ) async throws(AccessRefusal) -> ServicePrincipal {
        let principal = try await identify(request)
        guard principal.may(scope) else {
            throw principal.isAuthenticated ? .insufficientScope(scope) : .tokenNeeded
        }
        return principal
    }

    /// Who sends a request that anybody may send who reaches the service; a token that is shown must be valid even so.
    package func identify(_ request: HTTPServerRequest) async throws(AccessRefusal) -> ServicePrincipal {
        try checkSender(request)
        let shown = request.headers.values(of: "Authorization")
        guard let value = shown.first else { return .anonymous(isOfThisMachine(request) ? anonymousScopes : []) }
        guard shown.count == 1 else { throw .severalTokens }
        guard let token = Self.bearerToken(value) else { throw refusal(.tokenNeeded, request) }
        let holder: AccessTokenStore.Holder
        do throws(AccessTokenError) {
            holder = try await tokens.holder(of: token)
        } catch {
            onTokenError(error)
            throw .unreadableTokens
        }
        switch holder {
        case .known(let token): return token.principal
        case .expired: throw refusal(.expiredToken, request)
        case .unknown: throw refusal(.unknownToken, request)
        }
    }

    /// Lets a request through that names this service and comes from no foreign page, whoever sends it: for what is said
    /// to everybody, such as the console's files.
    package func checkSender(_ request: HTTPServerRequest) throws(AccessRefusal) {
        do throws(ServerAudience.Refusal) {
            try audience.check(request.headers)
        } catch {
            switch error {
            case .foreignHost: throw .foreignHost
            case .foreignOrigin: throw .foreignOrigin
            }
        }
    }

    private func refusal(_ refusal: AccessRefusal, _ request: HTTPServerRequest) -> AccessRefusal {
        failures.note(request.peer, at: now()).map(AccessRefusal.tooManyFailures) ?? refusal
    }

    /// Whether a request comes from a program of this machine, and not through a proxy that stands before the service.
    private func isOfThisMachine(_ request: HTTPServerRequest) -> Bool {
        guard let host = request.headers["Host"], ServerAudience.isLoopback(host) else { return false }
        return Self.proxyHeaders.allSatisfy { request.headers[$0] == nil }
    }

    private static let proxyHeaders = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"]

    private static func bearerToken(_ value: String) -> String? {
        let parts = value.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return String(parts[1])
    }
}
