import SkillCatalog
import Storage
import TextEmbedding

/// A shared library on the writer's own machine, in the form of any library on disk.
///
/// It is brought in step with the sources, and then the difference is published. A copy that is missing, or is not of the
/// revision in the database, is made anew from the database first, vectors included, so that nothing is embedded twice.
struct WorkingCopy {
    private static let revisionMark = "sharedRevision"
    private static let generationMark = "sharedGeneration"
    private static let page = 500

    let location: LibraryLocation
    /// The revision in the database; empty where nothing was published yet.
    let revision: String

    /// Makes it the copy of what is in the database.
    func prepare(from connection: PostgreSQLConnection, library name: String) throws {
        if isCurrent { return }
        for file in FileSystem.contents(of: location.folder) where "\(location.folder)/\(file)" != location.lock {
            FileSystem.remove("\(location.folder)/\(file)")
        }
        guard !revision.isEmpty else { return }
        let rows = try CatalogRows(of: location)
        try connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        do {
            try rows.transaction {
                guard let newest = try PostgreSQLLibrary.newest(name, connection) else { return }
                try copySkills(of: newest.tables, to: rows, connection)
                try copyEntries(of: newest.tables, to: rows, connection)
                try copyParts(of: newest.tables, to: rows, connection)
                try rows.write(newest.summary)
            }
            try connection.execute("COMMIT")
        } catch {
            try? connection.execute("ROLLBACK")
            throw error
        }
        try mark(rows)
    }

    private var isCurrent: Bool {
        guard location.exists, !revision.isEmpty, let rows = try? CatalogRows(of: location) else { return false }
        return (try? rows.mark(Self.revisionMark)) == revision
    }

    /// Notes that the copy as it is now is what the database has under the revision.
    func mark(_ rows: CatalogRows) throws {
        try rows.setMark(Self.revisionMark, to: revision)
        try rows.setMark(Self.generationMark, to: "\(try rows.summary().generation)")
    }

    /// Whether the copy was changed since it was the same as the database.
    func isChanged(_ rows: CatalogRows) throws -> Bool {
        let generation = try rows.summary().generation
        return try revision.isEmpty || rows.mark(Self.revisionMark) != revision
            || rows.mark(Self.generationMark) != "\(generation)"
    }

    private func copyParts(
        of tables: GenerationTables,
        to rows: CatalogRows,
        _ connection: PostgreSQLConnection
    ) throws {
        for part in LibraryPart.allCases {
            let content = try connection.query(
                "SELECT content FROM skillweaver_parts p WHERE \(tables.own("p")) AND name = $1",
                .text(part.rawValue)
            ) { $0.bytes(0) }.first
            if let content { try rows.write(part, content) }
        }
    }

    private func copySkills(
        of tables: GenerationTables,
        to rows: CatalogRows,
        _ connection: PostgreSQLConnection
    ) throws {
        var last: Int64 = -1
        while true {
            let page = try connection.query(
                """
                SELECT number, id, name, source, tools, line, hash, body FROM skillweaver_skills s
                WHERE \(tables.own("s")) AND number > $1 ORDER BY number LIMIT \(Self.page)
                """,
                .integer(last)
            ) { row in
                CatalogRows.SkillRow(
                    number: row.integer(0),
                    id: row.text(1),
                    name: row.text(2),
                    source: row.text(3),
                    toolCount: row.int(4),
                    line: row.isNull(5) ? nil : row.int(5),
                    hash: row.bytes(6),
                    body: row.text(7)
                )
            }
            guard let end = page.last else { return }
            for skill in page { try rows.write(skill) }
            last = end.number
        }
    }

    private func copyEntries(
        of tables: GenerationTables,
        to rows: CatalogRows,
        _ connection: PostgreSQLConnection
    ) throws {
        var last: Int64 = -1
        while true {
            let page = try connection.query(
                """
                SELECT number, skill, tool, name, description, details, hash, vector, pieces, states
                FROM \(tables.entries) e WHERE \(tables.alive("e")) AND number > $1 ORDER BY number LIMIT \(Self.page)
                """,
                .integer(last)
            ) { row in
                let entry = NewEntry(
                    tool: row.isNull(2) ? nil : row.text(2),
                    text: IndexedText(name: row.text(3), description: row.text(4), details: row.text(5)),
                    hash: row.bytes(6),
                    encoding: TextEncoding(
                        vector: VectorBlob.encode(row.vector(7)),
                        pieces: row.bytes(8),
                        states: row.bytes(9)
                    )
                )
                return CatalogRows.EntryRow(number: row.integer(0), skill: row.integer(1), entry: entry)
            }
            guard let end = page.last else { return }
            for entry in page { try rows.write(entry) }
            last = end.number
        }
    }
}
