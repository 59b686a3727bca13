/// The numbered steps that bring a database from any earlier schema to the current one.
///
/// The number of the last step applied is the database's `user_version`. A step, once released, never changes.
package struct SchemaMigrations: Sendable {
    package let steps: [String]

    /// - Parameter steps: SQL scripts, oldest first; step *n* (from 1) leads to version *n*.
    package init(_ steps: [String]) {
        self.steps = steps
    }

    /// Applies the missing steps, each in a transaction of its own.
    package func apply(to connection: SQLiteConnection) throws {
        let version = try Self.version(of: connection)
        guard version <= steps.count else {
            throw StorageError(
                .newerVersion,
                file: connection.file,
                "was written by a newer version (schema \(version), this program knows \(steps.count)); update skillweaver"
            )
        }
        for (index, step) in steps.enumerated().dropFirst(version) {
            try connection.transaction {
                // Another process may have been faster.
                guard try Self.version(of: connection) == index else { return }
                try connection.execute(step)
                try connection.execute("PRAGMA user_version = \(index + 1)")
            }
        }
    }

    private static func version(of connection: SQLiteConnection) throws(StorageError) -> Int {
        try connection.query("PRAGMA user_version") { $0.int(0) }.first ?? 0
    }
}
