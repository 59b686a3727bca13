/// Where a PostgreSQL database is: a `postgres://` address, shown without its secrets.
package struct PostgreSQLAddress: Sendable, Hashable, CustomStringConvertible {
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

    /// Host and database, without user, password and parameters.
    package var description: String {
        let scheme = Self.schemes.first(where: withSecrets.hasPrefix) ?? ""
        let rest = withSecrets.dropFirst(scheme.count).prefix { $0 != "?" && $0 != "#" }
        let place = rest.lastIndex(of: "@").map { rest[rest.index(after: $0)...] } ?? rest
        return scheme + place
    }
}
