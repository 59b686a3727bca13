/// The numbered steps that bring one part of a PostgreSQL database to the current schema.
///
/// Several parts (catalog, journal) live in one database, each with a version of its own in `skillweaver_schema`. An
/// advisory lock lets only one of many starting processes apply a step. A step, once released, never changes.
package struct PostgreSQLMigrations: Sendable {
    /// Name of the part.
    package let part: String
    package let steps: [String]

    /// - Parameter steps: SQL scripts, oldest first; step *n* (from 1) leads to version *n*.
    package init(part: String, _ steps: [String]) {
        self.part = part
        self.steps = steps
    }

    /// Applies the missing steps in one transaction.
    package func apply(to connection: PostgreSQLConnection) throws {
        if try knownVersion(connection) == steps.count { return }
        try connection.transaction {
            try connection.run("SELECT pg_advisory_xact_lock(hashtext($1))", "skillweaver-schema")
            try connection.execute(
                """
                CREATE TABLE IF NOT EXISTS skillweaver_schema (part text PRIMARY KEY, version integer NOT NULL)
                """
            )
            let version = try version(connection)
            guard version <= steps.count else { throw newer(version, connection) }
            for step in steps.dropFirst(version) { try connection.execute(step) }
            try connection.run(
                """
                INSERT INTO skillweaver_schema (part, version) VALUES ($1, $2)
                ON CONFLICT (part) DO UPDATE SET version = excluded.version
                """,
                .text(part),
                PostgreSQLValue(steps.count)
            )
        }
    }

    /// Makes sure, without changing anything, that the schema is the current one; for those who only read.
    ///
    /// - Returns: false where the part was never made.
    /// - Throws: `StorageError` of kind `newerVersion`, or `olderVersion` where somebody has to migrate first.
    package func check(_ connection: PostgreSQLConnection) throws -> Bool {
        guard let version = try knownVersion(connection), version > 0 else { return false }
        guard version <= steps.count else { throw newer(version, connection) }
        guard version == steps.count else {
            throw StorageError(
                .olderVersion,
                file: connection.address.description,
                "was written by an older version (\(part) schema \(version), this program needs \(steps.count)); "
                    + "run 'skillweaver index' once with this version to bring it up to date"
            )
        }
        return true
    }

    private func newer(_ version: Int, _ connection: PostgreSQLConnection) -> StorageError {
        StorageError(
            .newerVersion,
            file: connection.address.description,
            "was written by a newer version (\(part) schema \(version), this program knows \(steps.count)); "
                + "update skillweaver"
        )
    }

    /// The version applied, without taking a lock; nil before the first migration.
    private func knownVersion(_ connection: PostgreSQLConnection) throws -> Int? {
        let exists = try connection.query("SELECT to_regclass('skillweaver_schema') IS NOT NULL") { $0.bool(0) }
        return exists.first == true ? try version(connection) : nil
    }

    private func version(_ connection: PostgreSQLConnection) throws -> Int {
        try connection.query("SELECT version FROM skillweaver_schema WHERE part = $1", .text(part)) { $0.int(0) }.first
            ?? 0
    }
}
