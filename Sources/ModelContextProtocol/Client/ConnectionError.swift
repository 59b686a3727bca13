package import HTTPTransport

/// Why a server cannot be talked to, or why one exchange with it brought no answer.
package enum ConnectionError: Error, Sendable, Hashable {
    /// The program cannot be started.
    case notStarted(String)
    /// The connection is over; what was under way is lost.
    case ended(String)
    /// No answer in time; whether the server did what it was asked is not known.
    case timedOut(after: Duration)
    /// The connection was closed from this side.
    case closed
    /// What the server sends is not the protocol.
    case malformed(String)
    /// The server says more than it may.
    case tooLarge(limit: Int)
    /// The server asks for an authorization that is not there.
    case unauthorized(AuthorizationChallenge)
    /// The server answered with a status instead of a message.
    case refused(HTTPStatus, String)
    /// The session of the legacy era is over; a new handshake begins another.
    case sessionExpired
    /// Both sides speak no common version.
    case noCommonVersion([ProtocolVersion])
    /// The network failed.
    case network(HTTPError)
}

/// What a server asks for before it answers (RFC 6750, 3; RFC 9728, 5.1).
package struct AuthorizationChallenge: Sendable, Hashable {
    package var status: HTTPStatus
    /// Address of the resource's metadata, where the server names it.
    package var resourceMetadata: String?
    /// What the token must allow.
    package var scope: String?
    /// The error code of the challenge: `insufficient_scope`, `invalid_token`.
    package var error: String?
    /// Why no token could be had, as a clause.
    package var problem: String?
    /// What a person can do, as a clause.
    package var remedy: String?

    package init(status: HTTPStatus, resourceMetadata: String? = nil, scope: String? = nil, error: String? = nil) {
        self.status = status
        self.resourceMetadata = resourceMetadata
        self.scope = scope
        self.error = error
    }
}

extension ConnectionError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notStarted(let reason): "the server cannot be started: \(reason)"
        case .ended(let reason): "the server ended: \(reason)"
        case .timedOut(let duration): "the server did not answer within \(duration)"
        case .closed: "the connection to the server is closed"
        case .malformed(let reason): "the server does not keep to the protocol: \(reason)"
        case .tooLarge(let limit): "the server sent a message of more than \(limit) bytes"
        case .unauthorized(let challenge):
            "the server wants an authorization (\(challenge.status))"
                + (challenge.scope.map { " for \(Excerpt.of($0))" } ?? "") + (challenge.problem.map { "; \($0)" } ?? "")
                + "; \(challenge.remedy ?? "give it a token in its headers, or log in")"
        case .refused(let status, let said): "the server answered \(status)" + (said.isEmpty ? "" : ": \(said)")
        case .sessionExpired: "the server has forgotten the session"
        case .noCommonVersion(let versions):
            "the server speaks only \(versions.map(\.rawValue).joined(separator: ", "))"
        case .network(let error): "\(error)"
        }
    }

    /// Nothing was done: the same request may be sent again without harm.
    package var isBeforeTheRequest: Bool {
        switch self {
        case .notStarted, .unauthorized, .sessionExpired, .noCommonVersion: true
        case .network(let error):
            [.unknownHost, .unreachable, .insecure, .proxyFailed, .connectTimedOut, .invalidRequest].contains(
                error.kind
            )
        default: false
        }
    }
}
