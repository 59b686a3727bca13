import ModelContextProtocol
package import PlanExecution
import Storage

/// A right to use the service, without the secret that proves it: of that only the SHA-256 is kept.
package struct AccessToken: Sendable, Hashable {
    /// Names the token where it is listed and revoked; 16 hexadecimal digits.
    package var id: String
    /// What its maker calls it.
    package var name: String
    /// What was asked for, without what comes with it.
    package var scopes: Set<AccessScope>
    package var created: RunTime
    /// Nil for one that does not expire.
    package var expires: RunTime?
    /// When it was last shown, to the minute; nil for never.
    package var lastUsed: RunTime?
    let digest: TokenDigest

    package func isExpired(at now: RunTime) -> Bool { expires.map { $0 <= now } ?? false }

    package var principal: ServicePrincipal { ServicePrincipal(id: id, name: name, scopes: scopes) }
}

/// A token as its holder has it: shown once, and not kept.
package struct TokenSecret: Sendable, Hashable {
    /// `sw_` and 32 random bytes in base64 for addresses.
    package let text: String

    private static let prefix = "sw_"
    /// Characters of 32 bytes.
    private static let length = 43

    static func make() -> TokenSecret {
        TokenSecret(known: prefix + Base64Text.encodeForAddress(RandomBytes.make(32)))
    }

    private init(known: String) { text = known }

    /// A text that can be a token; nil for any other, which need not be looked for.
    package init?(_ text: String) {
        guard text.utf8.count == Self.prefix.utf8.count + Self.length, text.hasPrefix(Self.prefix),
            let bytes = Base64Text.decode(text.utf8.dropFirst(Self.prefix.utf8.count)), bytes.count == 32
        else { return nil }
        self.text = text
    }
}

extension TokenSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Never the token: texts like this one end in logs.
    package var description: String { "sw_…" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: [(label: String?, value: Any)]()) }
}

/// The SHA-256 of a token, compared in the same time wherever two differ.
struct TokenDigest: Sendable, Hashable {
    let hash: ContentHash

    init(of secret: TokenSecret) { hash = ContentHash(of: secret.text) }

    /// - Parameter hexadecimal: 64 digits; nil for anything else.
    init?(hexadecimal: String) {
        guard let hash = ContentHash(hexadecimal: hexadecimal) else { return nil }
        self.hash = hash
    }

    static func == (left: TokenDigest, right: TokenDigest) -> Bool {
        zip(left.hash.bytes, right.hash.bytes).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
