import Storage

/// The tables of a library's catalog file.
///
/// The catalog is the truth: skills, their indexed texts and their vectors change together in one transaction. The
/// vector index beside it can always be built again from `entries`.
enum LibrarySchema {
    static let migrations = SchemaMigrations([
        """
        CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE sources (position INTEGER PRIMARY KEY, name TEXT NOT NULL, location TEXT NOT NULL);
        CREATE TABLE skills (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            source TEXT NOT NULL,
            tools INTEGER NOT NULL,
            hash BLOB NOT NULL,
            body TEXT NOT NULL,
            seen INTEGER NOT NULL
        );
        CREATE INDEX skills_by_name ON skills (name);
        CREATE TABLE entries (
            number INTEGER PRIMARY KEY,
            skill INTEGER NOT NULL REFERENCES skills (number) ON DELETE CASCADE,
            tool TEXT,
            hash BLOB NOT NULL,
            vector BLOB NOT NULL
        );
        CREATE INDEX entries_by_skill ON entries (skill);
        """
    ])
}

/// Keys of the `about` table.
enum LibraryFact: String {
    case generation, modelName, modelFingerprint, dimensions
}
