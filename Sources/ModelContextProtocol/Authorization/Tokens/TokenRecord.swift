import HTTPTransport

/// What is kept about one server: who this program is to its authorization server, and the tokens it has.
struct TokenRecord: Sendable, Hashable {
    /// The server's address; its tokens go nowhere else.
    var server: String
    var resource: String
    var issuer: String
    var tokenEndpoint: String
    var revocationEndpoint: String?
    var client: ClientIdentity
    /// Everything ever asked for here, so that asking for more loses nothing.
    var requested: [String]
    var tokens: Tokens?

    struct Tokens: Sendable, Hashable {
        var access: Secret
        var refresh: Secret?
        var scopes: [String]
        /// Seconds since 1970; nil where nobody knows.
        var ends: Int64?
        /// From when on another is better had beforehand.
        var isDue: Int64?

        /// - Parameter before: what is kept where the grant does not speak of it.
        init(_ grant: TokenGrant, refresh: Secret?, scopes: [String], now: Int64) {
            access = grant.access
            self.refresh = grant.refresh ?? refresh
            self.scopes = grant.scopes ?? scopes
            ends = grant.lifetime.map { now + $0 }
            // A token must not end on its way: a minute before, or a quarter of a short life.
            isDue = grant.lifetime.map { now + $0 - min(60, $0 / 4) }
        }

        init(access: Secret, refresh: Secret?, scopes: [String], ends: Int64?, isDue: Int64?) {
            self.access = access
            self.refresh = refresh
            self.scopes = scopes
            self.ends = ends
            self.isDue = isDue
        }

        var header: String { "Bearer \(access.reveal())" }
        func isDue(at now: Int64) -> Bool { isDue.map { now >= $0 } ?? false }
        func isOver(at now: Int64) -> Bool { ends.map { now >= $0 } ?? false }
    }
}

extension TokenRecord: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Whose tokens they are; never the tokens.
    var description: String { "tokens of \(issuer) for \(resource)" + (tokens == nil ? ": none" : "") }
    var debugDescription: String { description }
    var customMirror: Mirror { Mirror(self, children: []) }
}

extension TokenRecord.Tokens: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    var description: String { Redaction.mark }
    var debugDescription: String { description }
    var customMirror: Mirror { Mirror(self, children: []) }
}
