import HTTPTransport

/// Who this program is to one authorization server.
struct ClientIdentity: Sendable, Hashable {
    /// Where the name comes from.
    enum Origin: String, Sendable, Hashable {
        case configured, document, registered
    }

    /// How the token endpoint is told who asks (RFC 7591, 2).
    enum Proof: String, Sendable, Hashable, CaseIterable {
        case none
        case basic = "client_secret_basic"
        case post = "client_secret_post"
    }

    var origin: Origin
    var identifier: String
    var secret: Secret?
    var proof: Proof
    /// What was registered; another needs another registration.
    var redirect: String?
    /// Seconds since 1970; nil for never.
    var secretEnds: Int64?

    /// The fields and the header that go with a request for tokens.
    func sign(_ fields: [(String, String)]) -> (fields: [(String, String)], authorization: String?) {
        guard let secret, proof != .none else { return (fields + [("client_id", identifier)], nil) }
        guard proof == .basic else {
            return (fields + [("client_id", identifier), ("client_secret", secret.reveal())], nil)
        }
        let pair = "\(FormText.encode(identifier)):\(FormText.encode(secret.reveal()))"
        // The name alone is no second proof, and servers are known that look for it in the form all the same.
        return (fields + [("client_id", identifier)], "Basic \(Base64Text.encode(Array(pair.utf8)))")
    }
}
