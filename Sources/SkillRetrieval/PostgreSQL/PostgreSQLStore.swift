import SkillCatalog
package import Storage

/// A PostgreSQL database with libraries that many routers share.
///
/// A value holds a bounded number of connections; routers of one process share it.
package struct PostgreSQLStore: Sendable {
    package let pool: PostgreSQLPool
    package var address: PostgreSQLAddress { pool.address }

    /// How many candidates the HNSW index keeps in sight during a search, and most it can return.
    static let searchBreadth = 400

    /// Libraries of up to so many entries are searched exactly: that takes a few milliseconds and needs no index.
    static let mostExactEntries = 5_000

    package init(_ address: PostgreSQLAddress, settings: PostgreSQLPool.Settings = PostgreSQLPool.Settings()) {
        var settings = settings
        settings.preparation = "SET jit = off; SET hnsw.ef_search = \(Self.searchBreadth)"
        pool = PostgreSQLPool(to: address, settings: settings)
    }

    /// Names of the libraries that were published here, sorted.
    package func libraryNames() async throws -> [String] {
        try await pool.read { connection in
            guard try PostgreSQLSchema.migrations.check(connection) else { return [] }
            return try connection.query(
                "SELECT name FROM skillweaver_libraries WHERE generation > 0 ORDER BY name COLLATE \"C\""
            ) { $0.text(0) }
        }
    }

    /// The name of the library to use: the one that is given, or else the only one that is there.
    package func libraryName(_ given: String?) async throws -> String {
        if let given { return given }
        let names = try await libraryNames()
        if let only = names.first, names.count == 1 { return only }
        let known = names.isEmpty ? "there is none" : "there are \(names.joined(separator: ", "))"
        throw LibraryError(.notFound, "name a library of \(address) with --library; \(known)")
    }

    /// What the server says it is, for people: `PostgreSQL 16.2 with pgvector 0.6.2, 3 libraries`.
    package func about() async throws -> String {
        let names = try await libraryNames()
        let versions = try await pool.read { connection in
            try connection.query(
                """
                SELECT current_setting('server_version'), pg_is_in_recovery(),
                    (SELECT default_version FROM pg_available_extensions WHERE name = 'vector')
                """
            ) { ($0.text(0), $0.bool(1), $0.isNull(2) ? nil : $0.text(2)) }.first
        }
        guard let (server, isStandby, vector) = versions else { return "no answer" }
        let extensionText = vector.map { "pgvector \($0)" } ?? "without pgvector, which is needed"
        let libraries = "\(names.count) \(names.count == 1 ? "library" : "libraries")"
        return "PostgreSQL \(server)\(isStandby ? " (standby)" : ""), \(extensionText), \(libraries)"
    }

    func missing(_ name: String) -> LibraryError {
        LibraryError(
            .notFound,
            "there is no library '\(name)' in \(address); "
                + "make one with: skillweaver index SOURCE --library \(name) --store \(address)"
        )
    }
}
