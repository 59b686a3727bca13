import JSONSchema
package import SkillCatalog
import Storage
package import TextEmbedding

/// One generation of a library in a PostgreSQL database, searched where it is.
///
/// Vectors are searched with pgvector's HNSW index, words with PostgreSQL's full text index, and filters are part of the
/// statements; what is computed here are the words' scores and the fusion. A lost connection is replaced and the read is
/// done again. A generation that was swept away is an error that says so, never half an answer.
package struct PostgreSQLLibrary: SearchableLibrary, SkillInventory {
    package let store: PostgreSQLStore
    package let summary: LibrarySummary
    package var name: String { summary.name }
    let tables: GenerationTables
    let statistics: SharedStatistics

    /// Opens the newest generation of a library for an embedder.
    ///
    /// - Throws: `LibraryError.notFound`, `LibraryError.otherModel` where the library was indexed with another model, or
    ///   by the rules of another version of this program, and `StorageError`.
    package static func open(
        _ name: String,
        in store: PostgreSQLStore,
        for model: EmbeddingModel
    ) async throws -> PostgreSQLLibrary {
        let library = try await open(name, in: store)
        try library.summary.check(
            against: model,
            fingerprint: EntryEncoder.fingerprint(model),
            place: "\(store.address)"
        )
        return library
    }

    /// Opens the newest generation of a library, whatever model it was made with.
    package static func open(_ name: String, in store: PostgreSQLStore) async throws -> PostgreSQLLibrary {
        let opened = try await store.pool.read { connection in
            guard try PostgreSQLSchema.migrations.check(connection) else { throw store.missing(name) }
            // One snapshot: what is read belongs together.
            try connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            guard let (tables, summary) = try newest(name, connection) else { throw store.missing(name) }
            let content = try connection.query(
                "SELECT content FROM skillweaver_parts p WHERE \(tables.own("p")) AND name = 'statistics'"
            ) { $0.bytes(0) }.first
            try connection.execute("COMMIT")
            return (tables: tables, summary: summary, statistics: content)
        }
        guard let statistics = opened.statistics.flatMap(SharedStatistics.init(bytes:)),
            statistics.dimensions == opened.summary.dimensions
        else {
            throw LibraryError(
                .damaged,
                "the library '\(name)' in \(store.address) has no statistics; index it again"
            )
        }
        return PostgreSQLLibrary(
            store: store,
            summary: opened.summary,
            tables: opened.tables,
            statistics: statistics
        )
    }

    /// The newest generation; nil where there is none.
    static func newest(
        _ name: String,
        _ connection: PostgreSQLConnection
    ) throws -> (tables: GenerationTables, summary: LibrarySummary)? {
        try connection.query(
            """
            SELECT l.number, g.generation, g.shelf, g.model_name, g.model_fingerprint, g.dimensions, g.skills, g.tools,
                g.entries, g.sources
            FROM skillweaver_libraries l
            JOIN skillweaver_generations g ON g.library = l.number AND g.generation = l.generation
            WHERE l.name = $1
            """,
            .text(name)
        ) { row in
            (
                GenerationTables(library: row.int(0), generation: row.int(1), shelf: row.int(2)),
                LibrarySummary(
                    name: name,
                    skillCount: row.int(6),
                    toolCount: row.int(7),
                    entryCount: row.int(8),
                    generation: row.int(1),
                    modelName: row.text(3),
                    modelFingerprint: row.text(4),
                    dimensions: row.int(5),
                    sources: SourceText.decode(row.text(9))
                )
            )
        }.first
    }

    /// Whether there is a newer generation than this one.
    package func hasNews() async throws -> Bool {
        let (library, generation) = (tables.library, tables.generation)
        let newest = try await store.pool.read { connection in
            try connection.query(
                "SELECT generation FROM skillweaver_libraries WHERE number = $1",
                PostgreSQLValue(library)
            ) { $0.int(0) }.first
        }
        return newest != generation
    }

    /// Reads rows of this generation, and makes sure afterwards that none of them had been swept away.
    func read<Value: Sendable>(_ body: @Sendable (PostgreSQLConnection) throws -> Value) async throws -> Value {
        let tables = tables
        do {
            return try await store.pool.read { connection in
                let value = try body(connection)
                // The sweep raises this number in the transaction that removes rows: seen low after, they were there.
                let oldest = try connection.query(
                    "SELECT oldest FROM skillweaver_libraries WHERE number = $1",
                    PostgreSQLValue(tables.library)
                ) { $0.int(0) }.first
                guard let oldest, oldest <= tables.generation else { throw outdated() }
                return value
            }
        } catch let error as StorageError where error.kind == .missingTable {
            throw outdated()
        }
    }

    private func outdated() -> LibraryError {
        LibraryError(
            .outdated,
            "generation \(summary.generation) of the library '\(summary.name)' in \(store.address) is no longer kept; "
                + "open the library again"
        )
    }
}

/// The sources of a library in one text column.
enum SourceText {
    static func encode(_ sources: [LibrarySummary.Source]) -> String {
        JSONValue.array(sources.map { ["name": .string($0.name), "location": .string($0.location)] }).serialized()
    }

    static func decode(_ text: String) -> [LibrarySummary.Source] {
        let list = (try? JSONParser.parse(text))?.arrayValue ?? []
        return list.map {
            LibrarySummary.Source(
                name: $0["name"]?.stringValue ?? "",
                location: $0["location"]?.stringValue ?? ""
            )
        }
    }
}
