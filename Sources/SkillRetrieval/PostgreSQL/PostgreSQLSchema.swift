import Storage

/// The tables that hold shared libraries in a PostgreSQL database.
///
/// Rows are never changed in place: each has the generation it was born in and the one it died in (`alive` below), and an
/// update writes new rows beside the old ones in one transaction. So a reader that opened a generation reads just that
/// one, over as many requests as it likes, until the update after a grace period sweeps it away.
///
/// Entries are in one table a *shelf*: `skillweaver_entries_<library>_<shelf>`, because an HNSW index needs a column of
/// fixed dimensions, is best built after its rows are there, and because a library then locks, fills and drops tables
/// of its own. A new shelf is begun where most entries are new; otherwise updates write into the one there is.
enum PostgreSQLSchema {
    static let migrations = PostgreSQLMigrations(
        part: "catalog",
        [
            """
            CREATE EXTENSION IF NOT EXISTS vector;
            CREATE TABLE skillweaver_libraries (
                number integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                name text NOT NULL UNIQUE,
                generation integer NOT NULL DEFAULT 0,
                oldest integer NOT NULL DEFAULT 0,
                revision text NOT NULL DEFAULT ''
            );
            CREATE TABLE skillweaver_generations (
                library integer NOT NULL REFERENCES skillweaver_libraries (number) ON DELETE CASCADE,
                generation integer NOT NULL,
                published timestamptz NOT NULL DEFAULT now(),
                shelf integer NOT NULL,
                model_name text NOT NULL,
                model_fingerprint text NOT NULL,
                dimensions integer NOT NULL,
                skills integer NOT NULL,
                tools integer NOT NULL,
                entries integer NOT NULL,
                sources text NOT NULL,
                PRIMARY KEY (library, generation)
            );
            CREATE TABLE skillweaver_skills (
                library integer NOT NULL REFERENCES skillweaver_libraries (number) ON DELETE CASCADE,
                number bigint NOT NULL,
                born integer NOT NULL,
                died integer NOT NULL DEFAULT 2147483647,
                id text NOT NULL,
                name text NOT NULL,
                source text NOT NULL,
                tags text[] NOT NULL,
                tools integer NOT NULL,
                line integer,
                hash bytea NOT NULL,
                digest bytea NOT NULL,
                body text NOT NULL,
                PRIMARY KEY (library, number, born)
            );
            CREATE INDEX skillweaver_skills_by_id ON skillweaver_skills (library, id);
            CREATE INDEX skillweaver_skills_by_name ON skillweaver_skills (library, lower(name));
            CREATE TABLE skillweaver_words (
                library integer NOT NULL REFERENCES skillweaver_libraries (number) ON DELETE CASCADE,
                word text NOT NULL,
                born integer NOT NULL,
                died integer NOT NULL DEFAULT 2147483647,
                entries integer NOT NULL,
                PRIMARY KEY (library, word, born)
            );
            CREATE TABLE skillweaver_parts (
                library integer NOT NULL REFERENCES skillweaver_libraries (number) ON DELETE CASCADE,
                name text NOT NULL,
                born integer NOT NULL,
                died integer NOT NULL DEFAULT 2147483647,
                content bytea NOT NULL,
                PRIMARY KEY (library, name, born)
            );
            """
        ]
    )

    /// Dimensions up to which pgvector can index; longer vectors are compared one by one.
    static let mostIndexedDimensions = 2_000

    /// An empty table of entries.
    ///
    /// Vectors up to 1,024 dimensions stay in their row: a look at them then costs no look elsewhere.
    static func makeShelf(_ entries: String, dimensions: Int) -> String {
        """
        CREATE TABLE \(entries) (
            number bigint NOT NULL,
            born integer NOT NULL,
            died integer NOT NULL DEFAULT 2147483647,
            skill bigint NOT NULL,
            tool text,
            name text NOT NULL,
            description text NOT NULL,
            details text NOT NULL,
            hash bytea NOT NULL,
            digest bytea NOT NULL,
            vector vector(\(dimensions)) NOT NULL,
            words tsvector NOT NULL,
            length real NOT NULL,
            pieces bytea NOT NULL,
            states bytea NOT NULL
        );
        ALTER TABLE \(entries) ALTER COLUMN states SET STORAGE EXTERNAL;
        ALTER TABLE \(entries) ALTER COLUMN vector SET STORAGE \(dimensions <= 1_024 ? "PLAIN" : "EXTERNAL");
        """
    }

    /// The indexes of a table of entries, made when its first rows are in.
    static func indexShelf(_ entries: String, dimensions: Int) -> String {
        let vectors =
            dimensions > mostIndexedDimensions
            ? ""
            : """
            CREATE INDEX \(entries)_vectors ON \(entries) USING hnsw (vector vector_ip_ops)
                WITH (m = 16, ef_construction = 128);
            """
        return """
            CREATE UNIQUE INDEX \(entries)_numbers ON \(entries) (number, born);
            CREATE INDEX \(entries)_skills ON \(entries) (skill);
            CREATE INDEX \(entries)_words ON \(entries) USING gin (words);
            \(vectors)
            ANALYZE \(entries);
            """
    }
}

/// Names and conditions for one generation of one library.
struct GenerationTables: Sendable, Hashable {
    /// The library's number.
    var library: Int
    var generation: Int
    var shelf: Int

    static func entries(library: Int, shelf: Int) -> String { "skillweaver_entries_\(library)_\(shelf)" }

    var entries: String { Self.entries(library: library, shelf: shelf) }

    /// The condition that a row belongs to the generation.
    func alive(_ table: String) -> String {
        "\(table).born <= \(generation) AND \(table).died > \(generation)"
    }

    /// The condition that a row belongs to the library and the generation.
    func own(_ table: String) -> String { "\(table).library = \(library) AND \(alive(table))" }
}
