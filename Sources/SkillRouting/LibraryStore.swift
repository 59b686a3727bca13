package import Storage

/// A PostgreSQL database that keeps libraries for many routers; shown without its password.
public struct LibraryStore: Sendable, Hashable, CustomStringConvertible {
    package let address: PostgreSQLAddress

    /// - Parameter address: `postgres://user@host:5432/database`, with several hosts and parameters as libpq reads them.
    /// - Throws: `StorageError` for a text that is no such address.
    public init(_ address: String) throws {
        self.address = try PostgreSQLAddress(address)
    }

    public var description: String { address.description }
}
