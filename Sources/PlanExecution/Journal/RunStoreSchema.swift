import Storage

/// The tables of the journal in SQLite.
enum RunStoreSchema {
    static let migrations = SchemaMigrations([
        """
        CREATE TABLE runs (
            key INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            format INTEGER NOT NULL,
            created INTEGER NOT NULL,
            updated INTEGER NOT NULL,
            phase TEXT NOT NULL,
            request TEXT NOT NULL,
            steps INTEGER NOT NULL,
            definition TEXT NOT NULL
        );
        CREATE INDEX runs_by_phase ON runs (phase, key);
        CREATE TABLE transitions (
            run INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            at INTEGER NOT NULL,
            body TEXT NOT NULL,
            PRIMARY KEY (run, sequence)
        ) WITHOUT ROWID;
        """
    ])
}
