/// Where a PostgreSQL database is: a `postgres://` address, shown without its secrets.
///
/// What libpq understands: several hosts (`postgres://one,two/db?target_session_attrs=read-write`), which are tried in
/// turn, and parameters such as `sslmode`; the password may as well be in `PGPASSWORD` or `~/.pgpass`.
package struct PostgreSQLAddress: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
    /// The address as it was given, password included: for programs that must connect themselves, never to be shown.
    package let withSecrets: String

    /// Reads an address.
    ///
    /// - Throws: `StorageError` for a text that does not start with `postgres://` or `postgresql://`.
    package init(_ text: String) throws(StorageError) {
        guard Self.schemes.contains(where: text.hasPrefix), !text.utf8.contains(0) else {
            throw StorageError(
                .cannotOpen,
                file: "the database address",
                "must start with postgres://, for example postgres://user@host:5432/skillweaver"
            )
        }
        withSecrets = text
    }

    /// Whether a text is meant to be such an address.
    package static func isAddress(_ text: String) -> Bool { schemes.contains(where: text.hasPrefix) }

    private static let schemes = ["postgres://", "postgresql://"]

    private var scheme: String { Self.schemes.first(where: withSecrets.hasPrefix) ?? "" }

    /// The part before the parameters.
    private var place: Substring {
        withSecrets.dropFirst(scheme.count).prefix { $0 != "?" && $0 != "#" }
    }

    /// Hosts and database, without user, password and parameters.
    package var description: String {
        let rest = withSecrets.dropFirst(scheme.count)
        if let at = place.lastIndex(of: "@") { return scheme + place[place.index(after: at)...] }
        // A '?' or '#' before the last '@' may well be a letter of a password: better to show too little.
        return rest.contains("@") ? scheme + "…" : scheme + place
    }

    /// Nothing for debuggers and dumps to show but the description.
    package var customMirror: Mirror { Mirror(self, children: []) }

    /// A text of somebody else about this address, without the password and the address as it was given.
    package func redacting(_ text: String) -> String {
        var text = text.replacing(withSecrets, with: description)
        for secret in secrets where !secret.isEmpty { text = text.replacing(secret, with: "…") }
        return text
    }

    private var secrets: [String] {
        var found: [Substring] = []
        let rest = withSecrets.dropFirst(scheme.count)
        if let at = rest.lastIndex(of: "@"), let colon = rest[..<at].firstIndex(of: ":") {
            found.append(rest[rest.index(after: colon)..<at])
        }
        for parameter in rest.split(separator: "?", maxSplits: 1).dropFirst().joined().split(separator: "&") {
            let pair = parameter.split(separator: "=", maxSplits: 1)
            if pair.count == 2, pair[0].contains("password") { found.append(pair[1]) }
        }
        return found.map(String.init)
    }
}
