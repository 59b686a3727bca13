import JSONSchema
import Storage

/// The skills of one library, read from its catalog file.
///
/// A value shows one generation, the last one committed when it was opened, for as long as it lives: readers never wait
/// for an update and never see half of one. Open another to see what came since.
public actor SkillLibrary {
    public nonisolated let location: LibraryLocation
    let connection: SQLiteConnection

    private nonisolated let executor = BlockingExecutor(label: "skill-library")
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Opens an indexed library.
    ///
    /// - Throws: `LibraryError` where nothing was indexed, `StorageError` where the file cannot be used.
    public init(at location: LibraryLocation) throws {
        guard location.exists else {
            throw LibraryError(
                .notFound,
                "there is no library '\(location.name)' at \(location.folder); "
                    + "make one with: skillweaver index SOURCE --library \(location.name)"
            )
        }
        self.location = location
        connection = try SQLiteConnection(file: location.catalog)
        try LibrarySchema.migrations.apply(to: connection)
        // The first read of a transaction fixes what all later ones see.
        try connection.execute("BEGIN")
        _ = try connection.query("SELECT count(*) FROM about") { $0.integer(0) }
    }

    /// What the library holds, and what it was made with.
    public func summary() throws -> LibrarySummary {
        try LibrarySummary(name: location.name, connection: connection)
    }

    /// The skill of that id, or nil.
    public func skill(_ id: String) throws -> Skill? {
        try connection.query(
            """
            SELECT skills.body, skills.source, origins.line FROM skills LEFT JOIN origins ON origins.skill = skills.number
            WHERE skills.id = ?
            """,
            .text(id)
        ) { (body: $0.text(0), source: $0.text(1), line: $0.isNull(2) ? nil : $0.int(2)) }
        .first.map { stored in
            var skill = try decode(stored.body)
            skill.id = id
            skill.origin.source = stored.source
            skill.origin.line = stored.line ?? skill.origin.line
            return skill
        }
    }

    /// The skills of these ids that exist.
    public func skills(_ ids: some Sequence<String> & Sendable) throws -> [String: Skill] {
        var found: [String: Skill] = [:]
        for id in ids where found[id] == nil { found[id] = try skill(id) }
        return found
    }

    /// One line a skill in the order they were indexed.
    public func overview() throws -> [SkillOverview] {
        try connection.query("SELECT id, name, source, tools, body FROM skills ORDER BY number") { row in
            SkillOverview(
                id: row.text(0),
                name: row.text(1),
                source: row.text(2),
                toolCount: row.int(3),
                body: row.text(4)
            )
        }
    }

    /// Ids of skills whose id or name is `text`, letter case aside.
    public func ids(matching text: String) throws -> [String] {
        try connection.query(
            "SELECT id FROM skills WHERE id = ?1 COLLATE NOCASE OR name = ?1 COLLATE NOCASE ORDER BY number",
            .text(text)
        ) { $0.text(0) }
    }

    /// Every skill by id and name, in the order they were indexed.
    package func skillNames() throws -> [(id: String, name: String)] {
        try connection.query("SELECT id, name FROM skills ORDER BY number") { ($0.text(0), $0.text(1)) }
    }

    /// Every id, for suggestions.
    package func allIDs() throws -> [String] {
        try connection.query("SELECT id FROM skills ORDER BY number") { $0.text(0) }
    }

    // MARK: - Index entries

    /// What the entries of these numbers stand for; unknown numbers are left out.
    package func entries(_ numbers: [Int64]) throws -> [Int64: IndexEntry] {
        var found: [Int64: IndexEntry] = [:]
        let sql = """
            SELECT skills.id, skills.number, skills.tools, entries.tool,
                entry_texts.name, entry_texts.description, entry_texts.details
            FROM entries JOIN skills ON skills.number = entries.skill
            LEFT JOIN entry_texts ON entry_texts.entry = entries.number
            WHERE entries.number = ?
            """
        for number in numbers where found[number] == nil {
            found[number] = try connection.query(sql, .integer(number)) { row in
                IndexEntry(
                    skill: row.text(0),
                    skillNumber: row.integer(1),
                    toolCount: row.int(2),
                    tool: row.isNull(3) ? nil : row.text(3),
                    text: IndexedText(name: row.text(4), description: row.text(5), details: row.text(6))
                )
            }.first
        }
        return found
    }

    /// Numbers of all entries of one skill, its own first.
    package func entryNumbers(ofSkill id: String) throws -> [Int64] {
        try connection.query(
            """
            SELECT entries.number FROM entries JOIN skills ON skills.number = entries.skill
            WHERE skills.id = ? ORDER BY entries.tool IS NOT NULL, entries.number
            """,
            .text(id)
        ) { $0.integer(0) }
    }

    /// Numbers of the entries up to a number.
    package func entryNumbers(upTo number: Int64) throws -> Set<Int64> {
        Set(try connection.query("SELECT number FROM entries WHERE number <= ?", .integer(number)) { $0.integer(0) })
    }

    /// How many entries have greater numbers.
    package func entryCount(after number: Int64) throws -> Int {
        try connection.query("SELECT count(*) FROM entries WHERE number > ?", .integer(number)) { $0.int(0) }.first ?? 0
    }

    /// Numbers of the entries whose skill id and tool name pass.
    package func entryNumbers(where passes: @Sendable (String, String?) -> Bool) throws -> Set<Int64> {
        let rows = try connection.query(
            "SELECT entries.number, skills.id, entries.tool FROM entries JOIN skills ON skills.number = entries.skill"
        ) { (number: $0.integer(0), skill: $0.text(1), tool: $0.isNull(2) ? nil : $0.text(2)) }
        return Set(rows.filter { passes($0.skill, $0.tool) }.map(\.number))
    }

    /// The vectors' bytes of these entries; unknown numbers are left out.
    package func vectors(of numbers: [Int64]) throws -> [Int64: [UInt8]] {
        var found: [Int64: [UInt8]] = [:]
        for number in numbers where found[number] == nil {
            found[number] = try connection.query("SELECT vector FROM entries WHERE number = ?", .integer(number)) {
                $0.blob(0)
            }.first
        }
        return found
    }

    /// The token states of these entries; those without any are left out.
    package func tokenStates(of numbers: [Int64]) throws -> [Int64: TextEncoding] {
        var found: [Int64: TextEncoding] = [:]
        let sql = """
            SELECT entry_texts.pieces, entry_states.states FROM entry_states
            JOIN entry_texts ON entry_texts.entry = entry_states.entry WHERE entry_states.entry = ?
            """
        for number in numbers where found[number] == nil {
            found[number] = try connection.query(sql, .integer(number)) { row in
                TextEncoding(vector: [], pieces: row.blob(0), states: row.blob(1))
            }.first
        }
        return found
    }

    /// What was learned from the library under that name.
    package func part(_ name: LibraryPart) throws -> [UInt8]? {
        try LibraryParts.content(of: name, in: connection)
    }

    /// Numbers of the skills that come from one of `sources` and have one of `tags`; an empty set asks for nothing.
    package func skillNumbers(sources: Set<String>, tags: Set<String>) throws -> Set<Int64> {
        let tagged = """
            SELECT number, source, (SELECT group_concat(value, char(31)) FROM json_each(body, '$.tags')) FROM skills
            """
        let rows = try connection.query(tags.isEmpty ? "SELECT number, source, '' FROM skills" : tagged) { row in
            (number: row.integer(0), source: row.text(1), tags: row.text(2))
        }
        let passing = rows.filter { row in
            (sources.isEmpty || sources.contains(row.source))
                && (tags.isEmpty || row.tags.split(separator: "\u{1F}").contains { tags.contains(String($0)) })
        }
        return Set(passing.map(\.number))
    }

    /// All entries' numbers and vectors' bytes, for building the vector index again.
    package func vectors(after number: Int64, limit: Int) throws -> [(number: Int64, vector: [UInt8])] {
        try connection.query(
            "SELECT number, vector FROM entries WHERE number > ? ORDER BY number LIMIT ?",
            .integer(number),
            SQLiteValue(limit)
        ) { (number: $0.integer(0), vector: $0.blob(1)) }
    }

    private func decode(_ body: String) throws -> Skill {
        do {
            return try Skill(json: JSONParser.parse(body))
        } catch {
            throw LibraryError(
                .damaged,
                "\(location.catalog) holds a skill that cannot be read (\(error)); index it again"
            )
        }
    }
}

/// One line about a skill.
public struct SkillOverview: Sendable, Hashable {
    /// The library's id of the skill.
    public var id: String
    public var name: String
    public var description: String
    /// Name of the source it comes from.
    public var source: String
    /// How many tools it has.
    public var toolCount: Int

    package init(id: String, name: String, source: String, toolCount: Int, body: String) {
        self.id = id
        self.name = name
        self.source = source
        self.toolCount = toolCount
        description = (try? JSONParser.parse(body))?["description"]?.stringValue ?? ""
    }
}
