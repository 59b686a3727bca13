import Storage

/// The rows of a library's catalog file, for copying a library to where others can read it, and back.
///
/// Used from one thread at a time.
package struct CatalogRows {
    private let connection: SQLiteConnection
    private let name: String

    package struct SkillRow: Sendable, Hashable {
        package var number: Int64
        package var id: String
        package var name: String
        package var source: String
        package var toolCount: Int
        /// Where in its source's file the skill begins.
        package var line: Int?
        package var hash: [UInt8]
        /// The skill as JSON.
        package var body: String

        package init(
            number: Int64,
            id: String,
            name: String,
            source: String,
            toolCount: Int,
            line: Int?,
            hash: [UInt8],
            body: String
        ) {
            self.number = number
            self.id = id
            self.name = name
            self.source = source
            self.toolCount = toolCount
            self.line = line
            self.hash = hash
            self.body = body
        }
    }

    package struct EntryRow: Sendable {
        package var number: Int64
        package var skill: Int64
        /// What was indexed, and what it was encoded as; without the encoding where only texts were asked for.
        package var entry: NewEntry

        package init(number: Int64, skill: Int64, entry: NewEntry) {
            self.number = number
            self.skill = skill
            self.entry = entry
        }
    }

    /// Opens the catalog of a library, making an empty one where there is none.
    package init(of location: LibraryLocation) throws {
        name = location.name
        try FileSystem.createFolder(location.folder)
        connection = try SQLiteConnection(file: location.catalog)
        try LibrarySchema.migrations.apply(to: connection)
    }

    /// Runs `body` on one state of the library.
    package func transaction<Value>(_ body: () throws -> Value) throws -> Value {
        try connection.transaction(body)
    }

    // MARK: - Marks

    /// A short text kept under a name beside what the library says of itself; nil where there is none.
    package func mark(_ name: String) throws -> String? {
        try connection.query("SELECT value FROM about WHERE key = ?", .text(name)) { $0.text(0) }.first
    }

    package func setMark(_ name: String, to value: String) throws {
        try connection.run("INSERT OR REPLACE INTO about (key, value) VALUES (?, ?)", .text(name), .text(value))
    }

    // MARK: - Reading

    package func summary() throws -> LibrarySummary { try LibrarySummary(name: name, connection: connection) }

    package func part(_ name: LibraryPart) throws -> [UInt8]? {
        try connection.query("SELECT content FROM parts WHERE name = ?", .text(name.rawValue)) { $0.blob(0) }.first
    }

    /// Up to `limit` skills with numbers greater than the one given, in order.
    package func skills(after number: Int64, limit: Int) throws -> [SkillRow] {
        try connection.query(
            """
            SELECT number, id, name, source, tools, origins.line, hash, body
            FROM skills LEFT JOIN origins ON origins.skill = number WHERE number > ? ORDER BY number LIMIT ?
            """,
            .integer(number),
            SQLiteValue(limit)
        ) { row in
            SkillRow(
                number: row.integer(0),
                id: row.text(1),
                name: row.text(2),
                source: row.text(3),
                toolCount: row.int(4),
                line: row.isNull(5) ? nil : row.int(5),
                hash: row.blob(6),
                body: row.text(7)
            )
        }
    }

    /// Up to `limit` entries with numbers greater than the one given, in order.
    package func entries(after number: Int64, limit: Int, withEncodings: Bool) throws -> [EntryRow] {
        let encoding = withEncodings ? "e.vector, t.pieces, s.states" : "NULL, NULL, NULL"
        return try connection.query(
            """
            SELECT e.number, e.skill, e.tool, e.hash, t.name, t.description, t.details, \(encoding)
            FROM entries e LEFT JOIN entry_texts t ON t.entry = e.number
            \(withEncodings ? "LEFT JOIN entry_states s ON s.entry = e.number" : "")
            WHERE e.number > ? ORDER BY e.number LIMIT ?
            """,
            .integer(number),
            SQLiteValue(limit)
        ) { row in
            let entry = NewEntry(
                tool: row.isNull(2) ? nil : row.text(2),
                text: IndexedText(name: row.text(4), description: row.text(5), details: row.text(6)),
                hash: row.blob(3),
                encoding: TextEncoding(vector: row.blob(7), pieces: row.blob(8), states: row.blob(9))
            )
            return EntryRow(number: row.integer(0), skill: row.integer(1), entry: entry)
        }
    }

    // MARK: - Writing

    package func write(_ skill: SkillRow) throws {
        try connection.run(
            "INSERT INTO skills (number, id, name, source, tools, hash, body, seen) VALUES (?, ?, ?, ?, ?, ?, ?, 0)",
            .integer(skill.number),
            .text(skill.id),
            .text(skill.name),
            .text(skill.source),
            SQLiteValue(skill.toolCount),
            .blob(skill.hash),
            .text(skill.body)
        )
        // Without a stamp: the skill is read again once, and found unchanged.
        try connection.run(
            "INSERT INTO origins (skill, line) VALUES (?, ?)",
            .integer(skill.number),
            skill.line.map { SQLiteValue($0) } ?? .null
        )
    }

    package func write(_ row: EntryRow) throws {
        try row.entry.insert(number: row.number, skill: row.skill, in: connection)
    }

    package func write(_ part: LibraryPart, _ content: [UInt8]) throws {
        try connection.run(
            "INSERT INTO parts (name, content) VALUES (?, ?)",
            .text(part.rawValue),
            .blob(content)
        )
    }

    /// Says what the library is; the last thing to write.
    package func write(_ summary: LibrarySummary) throws {
        for (position, source) in summary.sources.enumerated() {
            try connection.run(
                "INSERT INTO sources (position, name, location) VALUES (?, ?, ?)",
                SQLiteValue(position),
                .text(source.name),
                .text(source.location)
            )
        }
        let facts: [(LibraryFact, String)] = [
            (.generation, "\(summary.generation)"), (.modelName, summary.modelName),
            (.modelFingerprint, summary.modelFingerprint), (.dimensions, "\(summary.dimensions)"),
        ]
        for (fact, value) in facts {
            try connection.run("INSERT INTO about (key, value) VALUES (?, ?)", .text(fact.rawValue), .text(value))
        }
    }
}
