import HTTPTransport
import JSONSchema

/// Tokens as an authorization server gives them (RFC 6749, 5.1).
struct TokenGrant: Sendable, Hashable {
    var access: Secret
    var refresh: Secret?
    /// Seconds the token is good for; nil where the server does not say.
    var lifetime: Int64?
    /// Nil where it allows what was asked for.
    var scopes: [String]?

    init(_ json: JSONValue, from place: String) throws(AuthorizationError) {
        guard let members = json.objectValue, let access = members["access_token"]?.stringValue,
            Self.isToken(access)
        else {
            throw AuthorizationError(.malformedDocument, place, "the answer holds no usable token")
        }
        guard members["token_type"]?.stringValue?.lowercased() == "bearer" else {
            throw AuthorizationError(.malformedDocument, place, "the token is no bearer token")
        }
        self.access = Secret(access)
        refresh = members["refresh_token"]?.stringValue.flatMap {
            $0.isEmpty || $0.utf8.count > 16 << 10 ? nil : Secret($0)
        }
        lifetime = Self.seconds(members["expires_in"])
        scopes = members["scope"]?.stringValue.map { Scopes.words($0) }
    }

    /// What can stand in a header behind `Bearer` (RFC 6750, 2.1), and a little more that servers are known to give.
    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 16 << 10 && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    /// Some servers write the number as a text.
    private static func seconds(_ value: JSONValue?) -> Int64? {
        guard let seconds = value?.intValue.map({ Int64($0) }) ?? value?.stringValue.flatMap({ Int64($0) }),
            seconds >= 0
        else { return nil }
        return min(seconds, 10 * 365 * 86_400)
    }
}
