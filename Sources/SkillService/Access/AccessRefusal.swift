package import HTTPTransport

/// Why a request is turned away before anything is done for it.
package struct AccessRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    package var status: HTTPStatus
    /// A stable word for programs.
    package var code: String
    /// One sentence for people; safe to show to anybody.
    package var detail: String
    /// The next step, where there is one to name.
    package var hint: String?
    /// Fields the answer carries, such as `WWW-Authenticate`.
    package var headers: HTTPHeaders

    package var description: String { hint.map { "\(detail); \($0)" } ?? detail }

    static let foreignHost = AccessRefusal(
        status: 421,
        code: "foreign-host",
        detail: "this server does not answer under that name",
        hint: "name it with --allow-host",
        headers: [:]
    )

    static let foreignOrigin = AccessRefusal(
        status: 403,
        code: "foreign-origin",
        detail: "pages of that origin may not use this server",
        hint: "name it with --allow-origin",
        headers: [:]
    )

    static let severalTokens = AccessRefusal(
        status: 400,
        code: "several-tokens",
        detail: "there is more than one Authorization header",
        headers: challenge("invalid_request")
    )

    static let tokenNeeded = AccessRefusal(
        status: 401,
        code: "token-needed",
        detail: "a bearer token is needed",
        hint: "make one with 'skillweaver serve token create', or open the address that 'skillweaver serve' printed",
        headers: challenge(nil)
    )

    static let unknownToken = AccessRefusal(
        status: 401,
        code: "invalid-token",
        detail: "the token is not known, or no longer",
        headers: challenge("invalid_token")
    )

    static let expiredToken = AccessRefusal(
        status: 401,
        code: "expired-token",
        detail: "the token has expired",
        hint: "make another with 'skillweaver serve token create'",
        headers: challenge("invalid_token")
    )

    static func insufficientScope(_ scope: AccessScope) -> AccessRefusal {
        AccessRefusal(
            status: 403,
            code: "insufficient-scope",
            detail: "the token does not have the scope \(scope.rawValue)",
            headers: challenge("insufficient_scope", scope: scope)
        )
    }

    static func tooManyFailures(_ seconds: Int) -> AccessRefusal {
        AccessRefusal(
            status: 429,
            code: "too-many-failures",
            detail: "too many tokens from this address were not valid",
            hint: "wait \(seconds) seconds",
            headers: ["Retry-After": "\(seconds)"]
        )
    }

    /// The file of tokens cannot be read, so that nobody with a token can be known; the log says why.
    static let unreadableTokens = AccessRefusal(
        status: 503,
        code: "unreadable-tokens",
        detail: "the access tokens cannot be read; the server's log says why",
        headers: ["Retry-After": "30"]
    )

    private static func challenge(_ error: String?, scope: AccessScope? = nil) -> HTTPHeaders {
        var parts = ["realm=\"skillweaver\""]
        if let error { parts.append("error=\"\(error)\"") }
        if let scope { parts.append("scope=\"\(scope.rawValue)\"") }
        return ["WWW-Authenticate": "Bearer " + parts.joined(separator: ", ")]
    }
}
