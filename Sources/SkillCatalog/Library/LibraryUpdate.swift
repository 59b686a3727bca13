import JSONSchema
import Storage

/// One update of a library: a single transaction that readers see whole or not at all.
///
/// Offer every skill the sources hold; what is unchanged costs one look-up, what is new or changed is stored with its
/// vectors, what was not offered is removed at the end. Dropped without `commit`, the update leaves no trace.
package actor LibraryUpdate {
    package nonisolated let location: LibraryLocation
    package nonisolated let generation: Int
    private let connection: SQLiteConnection
    private let keepsVectors: Bool
    private var isOpen = true
    package private(set) var counts = UpdateCounts()

    private nonisolated let executor = BlockingExecutor(label: "library-update")
    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Starts an update, creating the library where there is none.
    ///
    /// - Parameter modelFingerprint: of the model whose vectors will be stored; vectors of another model are replaced.
    package init(at location: LibraryLocation, modelFingerprint: String) throws {
        self.location = location
        try FileSystem.createFolder(location.folder)
        connection = try SQLiteConnection(file: location.catalog)
        try LibrarySchema.migrations.apply(to: connection)
        try connection.execute("BEGIN IMMEDIATE")
        let before = try LibrarySummary(name: location.name, connection: connection)
        generation = before.generation + 1
        keepsVectors = before.modelFingerprint == modelFingerprint
    }

    /// Notes that the sources hold this skill, and says what has to be done about it.
    ///
    /// Two skills with one id are kept apart: the later gets its source's name before its id.
    package func offer(_ skill: Skill) throws -> Offer {
        var skill = skill
        var diagnostics: [Diagnostic] = []
        let id = try freeID(for: skill)
        if id != skill.id {
            diagnostics.append(
                Diagnostic(
                    .warning,
                    code: "duplicate-id",
                    "the id '\(skill.id)' is taken; this skill is kept as '\(id)'",
                    file: skill.origin.file,
                    line: skill.origin.line
                )
            )
            skill.id = id
        } else if try !connection.query(
            "SELECT 1 FROM skills WHERE name = ? AND seen = ? LIMIT 1",
            .text(skill.name),
            SQLiteValue(generation),
            row: { _ in true }
        ).isEmpty {
            diagnostics.append(
                Diagnostic(
                    .warning,
                    code: "duplicate-name",
                    "another skill is called '\(skill.name)' too; this one is '\(id)'",
                    file: skill.origin.file,
                    line: skill.origin.line
                )
            )
        }
        let body = skill.json.serialized()
        let hash = ContentHash(of: body).bytes
        let known = try connection.query("SELECT number, hash FROM skills WHERE id = ?", .text(id)) {
            (number: $0.integer(0), hash: $0.blob(1))
        }.first
        if let known, known.hash == hash, keepsVectors {
            try connection.run(
                "UPDATE skills SET seen = ? WHERE number = ?",
                SQLiteValue(generation),
                .integer(known.number)
            )
            counts.unchanged += 1
            return Offer(skill: skill, pending: nil, diagnostics: diagnostics)
        }
        let number = try upsert(skill, body: body, hash: hash, known: known?.number)
        return Offer(skill: skill, pending: number, diagnostics: diagnostics)
    }

    /// Stores the vectors of a skill that `offer` asked for.
    package func store(_ entries: [NewEntry], of number: Int64) throws {
        try connection.run("DELETE FROM entries WHERE skill = ?", .integer(number))
        for entry in entries {
            let stored = try connection.query(
                "INSERT INTO entries (skill, tool, hash, vector) VALUES (?, ?, ?, ?) RETURNING number",
                .integer(number),
                SQLiteValue(entry.tool),
                .blob(entry.hash),
                .blob(entry.encoding.vector)
            ) { $0.integer(0) }
            guard let stored = stored.first else { continue }
            try connection.run(
                "INSERT INTO entry_texts (entry, name, description, details, pieces) VALUES (?, ?, ?, ?, ?)",
                .integer(stored),
                .text(entry.text.name),
                .text(entry.text.description),
                .text(entry.text.details),
                .blob(entry.encoding.pieces)
            )
            guard !entry.encoding.states.isEmpty else { continue }
            try connection.run(
                "INSERT INTO entry_states (entry, states) VALUES (?, ?)",
                .integer(stored),
                .blob(entry.encoding.states)
            )
        }
    }

    /// What a skill's texts were encoded as, by the hash of what was encoded.
    package func storedEncodings(of number: Int64) throws -> [[UInt8]: TextEncoding] {
        guard keepsVectors else { return [:] }
        let rows = try connection.query(
            """
            SELECT entries.hash, entries.vector, entry_texts.pieces, entry_states.states FROM entries
            JOIN entry_texts ON entry_texts.entry = entries.number
            LEFT JOIN entry_states ON entry_states.entry = entries.number WHERE entries.skill = ?
            """,
            .integer(number)
        ) { ($0.blob(0), TextEncoding(vector: $0.blob(1), pieces: $0.blob(2), states: $0.blob(3))) }
        return Dictionary(rows, uniquingKeysWith: { first, _ in first })
    }

    /// All entries as they stand in this update, for building the vector index.
    package func vectors(after number: Int64, limit: Int) throws -> [(number: Int64, vector: [UInt8])] {
        try connection.query(
            "SELECT number, vector FROM entries WHERE number > ? ORDER BY number LIMIT ?",
            .integer(number),
            SQLiteValue(limit)
        ) { (number: $0.integer(0), vector: $0.blob(1)) }
    }

    /// Removes what was not offered; call once, after the last offer.
    package func removeUnseen() throws {
        counts.removed = try connection.run("DELETE FROM skills WHERE seen <> ?", SQLiteValue(generation))
    }

    /// Makes the update visible. `modelName` and `dimensions` describe the vectors stored.
    package func commit(
        sources: [LibrarySummary.Source],
        modelName: String,
        modelFingerprint: String,
        dimensions: Int
    ) throws {
        try connection.run("DELETE FROM sources")
        for (position, source) in sources.enumerated() {
            try connection.run(
                "INSERT INTO sources (position, name, location) VALUES (?, ?, ?)",
                SQLiteValue(position),
                .text(source.name),
                .text(source.location)
            )
        }
        let facts: [(LibraryFact, String)] = [
            (.generation, "\(generation)"), (.modelName, modelName), (.modelFingerprint, modelFingerprint),
            (.dimensions, "\(dimensions)"),
        ]
        for (fact, value) in facts {
            try connection.run(
                "INSERT OR REPLACE INTO about (key, value) VALUES (?, ?)",
                .text(fact.rawValue),
                .text(value)
            )
        }
        try connection.execute("COMMIT")
        isOpen = false
    }

    /// Undoes everything; safe to call at any time.
    package func rollBack() {
        guard isOpen else { return }
        isOpen = false
        try? connection.execute("ROLLBACK")
    }

    private func freeID(for skill: Skill) throws -> String {
        var id = skill.id
        var copies = 1
        while try isSeen(id) {
            id = copies == 1 ? "\(skill.origin.source):\(skill.id)" : "\(skill.origin.source):\(skill.id)~\(copies)"
            copies += 1
        }
        return id
    }

    private func isSeen(_ id: String) throws -> Bool {
        try !connection.query(
            "SELECT 1 FROM skills WHERE id = ? AND seen = ?",
            .text(id),
            SQLiteValue(generation),
            row: { _ in true }
        ).isEmpty
    }

    private func upsert(_ skill: Skill, body: String, hash: [UInt8], known: Int64?) throws -> Int64 {
        if let known {
            counts.changed += 1
            try connection.run(
                "UPDATE skills SET name = ?, source = ?, tools = ?, hash = ?, body = ?, seen = ? WHERE number = ?",
                .text(skill.name),
                .text(skill.origin.source),
                SQLiteValue(skill.tools.count),
                .blob(hash),
                .text(body),
                SQLiteValue(generation),
                .integer(known)
            )
            return known
        }
        counts.added += 1
        return try connection.query(
            "INSERT INTO skills (id, name, source, tools, hash, body, seen) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING number",
            .text(skill.id),
            .text(skill.name),
            .text(skill.origin.source),
            SQLiteValue(skill.tools.count),
            .blob(hash),
            .text(body),
            SQLiteValue(generation)
        ) { $0.integer(0) }.first ?? 0
    }
}

/// What an update does about one skill.
package struct Offer: Sendable {
    /// The skill under the id it has in the library.
    package var skill: Skill
    /// The row whose vectors must be stored; nil where nothing changed.
    package var pending: Int64?
    package var diagnostics: [Diagnostic]
}

/// How many skills an update touched.
public struct UpdateCounts: Sendable, Hashable {
    public var added = 0
    public var changed = 0
    public var removed = 0
    public var unchanged = 0

    public init() {}

    /// Whether the update differs from what was there.
    public var isEmpty: Bool { added + changed + removed == 0 }
}
