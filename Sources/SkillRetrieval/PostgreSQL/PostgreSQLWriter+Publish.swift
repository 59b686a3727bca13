import SkillCatalog
import Storage

extension PostgreSQLWriter {
    /// Makes the working copy the newest generation of the shared library, if it differs from what is there.
    ///
    /// Everything is one transaction: readers see the generation before it until the moment it is all there. Where the
    /// connection is lost, the transaction is done again, unless it was committed already or another has written.
    /// - Parameter revision: the revision that the copy was made from.
    /// - Returns: whether anything was published.
    func publish(_ location: LibraryLocation, from revision: String) async throws -> Bool {
        let next = "\(UInt64.random(in: .min ... .max))"
        return try await retrying { try publish(location, from: revision, as: next) }
    }

    private func publish(_ location: LibraryLocation, from revision: String, as next: String) throws -> Bool {
        let rows = try CatalogRows(of: location)
        guard try WorkingCopy(location: location, revision: revision).isChanged(rows) else { return false }
        let connection = try connection()
        // Lost while it was committed? Then the new revision is there.
        if try self.revision(connection) != next {
            try connection.execute("BEGIN")
            do {
                let state = try lock(connection, expecting: revision)
                let generation = state.generation + 1
                try Publication(
                    library: library,
                    generation: generation,
                    before: state.tables,
                    rows: rows,
                    connection: connection
                ).write()
                try advance(connection, to: generation, revision: next)
                try connection.execute("COMMIT")
            } catch {
                try? connection.execute("ROLLBACK")
                throw error
            }
        }
        try WorkingCopy(location: location, revision: next).mark(rows)
        removeStaleShelves()
        return true
    }

    private func lock(
        _ connection: PostgreSQLConnection,
        expecting revision: String
    ) throws -> (generation: Int, tables: GenerationTables?) {
        let state = try connection.query(
            "SELECT revision, generation FROM skillweaver_libraries WHERE number = $1 FOR UPDATE",
            PostgreSQLValue(library)
        ) { ($0.text(0), $0.int(1)) }.first
        guard let state, state.0 == revision else {
            throw LibraryError(
                .busy,
                "the library '\(name)' in \(address) was changed by another writer meanwhile; nothing was written, run it again"
            )
        }
        return (state.1, try PostgreSQLLibrary.newest(name, connection)?.tables)
    }

    /// Makes the generation the newest, and sweeps away those that nobody needs any more.
    private func advance(_ connection: PostgreSQLConnection, to generation: Int, revision: String) throws {
        let seconds = options.retention / .seconds(1)
        let oldest =
            try connection.query(
                """
                UPDATE skillweaver_libraries SET generation = $2::integer, revision = $3, oldest = greatest(oldest, coalesce((
                    SELECT max(generation) FROM skillweaver_generations
                    WHERE library = $1 AND published < now() - make_interval(secs => $4)), 0))
                WHERE number = $1 RETURNING oldest
                """,
                PostgreSQLValue(library),
                PostgreSQLValue(generation),
                .text(revision),
                .real(seconds)
            ) { $0.int(0) }.first ?? 0
        try connection.run(
            "DELETE FROM skillweaver_generations WHERE library = $1 AND generation < $2",
            PostgreSQLValue(library),
            PostgreSQLValue(oldest)
        )
        for table in ["skillweaver_skills", "skillweaver_words", "skillweaver_parts"] {
            try connection.run(
                "DELETE FROM \(table) WHERE library = $1 AND died <= $2",
                PostgreSQLValue(library),
                PostgreSQLValue(oldest)
            )
        }
        if let tables = try PostgreSQLLibrary.newest(name, connection)?.tables {
            try connection.run("DELETE FROM \(tables.entries) WHERE died <= $1", PostgreSQLValue(oldest))
        }
    }

    /// Drops the tables of generations that were swept away; those that somebody still reads are left for the next time.
    private func removeStaleShelves() {
        guard let connection = try? connection() else { return }
        let prefix = "skillweaver_entries_\(library)_"
        let stale = try? connection.query(
            """
            SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND starts_with(tablename, $1)
                AND substr(tablename, length($1) + 1) NOT IN (
                    SELECT shelf::text FROM skillweaver_generations WHERE library = $2)
            """,
            .text(prefix),
            PostgreSQLValue(library)
        ) { $0.text(0) }
        for table in stale ?? [] where table.dropFirst(prefix.count).allSatisfy(\.isNumber) {
            try? connection.execute("SET lock_timeout = '1s'; DROP TABLE IF EXISTS \(table); RESET lock_timeout")
        }
    }
}
