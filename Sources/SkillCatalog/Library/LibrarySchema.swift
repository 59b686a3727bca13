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
        """,
        // What was indexed, beside its vector: the texts with the pieces an encoder cuts them into, the states it
        // gives each piece, and what was learned from the library as a whole.
        """
        CREATE TABLE entry_texts (
            entry INTEGER PRIMARY KEY REFERENCES entries (number) ON DELETE CASCADE,
            name TEXT NOT NULL,
            description TEXT NOT NULL,
            details TEXT NOT NULL,
            pieces BLOB NOT NULL
        );
        CREATE TABLE entry_states (
            entry INTEGER PRIMARY KEY REFERENCES entries (number) ON DELETE CASCADE,
            states BLOB NOT NULL
        );
        CREATE TABLE parts (name TEXT PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID;
        """,
        // Where each skill was read from, apart from the skill itself: a record that only moved is not a changed skill.
        """
        CREATE TABLE origins (
            skill INTEGER PRIMARY KEY REFERENCES skills (number) ON DELETE CASCADE,
            stamp BLOB,
            line INTEGER
        );
        INSERT INTO origins (skill) SELECT number FROM skills;
        CREATE INDEX skills_by_source ON skills (source);
        """,
    ])
}

/// Keys of the `about` table.
enum LibraryFact: String {
    case generation, modelName, modelFingerprint, dimensions
    /// The generation whose vector file is still right: later ones changed no vector.
    case indexGeneration
    case skillCount, toolCount, entryCount
    /// The highest numbers ever given; none is given twice.
    case lastSkill, lastEntry
    /// What the vector file was built from, where it was not built for this generation.
    case baseLastEntry, baseCount, baseShape
    /// How the vector index is to be built, where somebody chose.
    case indexPolicy

    func store(_ value: String, in connection: SQLiteConnection) throws(StorageError) {
        try connection.run(
            "INSERT OR REPLACE INTO about (key, value) VALUES (?, ?)",
            .text(rawValue),
            .text(value)
        )
    }
}
