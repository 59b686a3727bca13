import JSONSchema
import Storage

/// The skills of one library, read from its catalog file.
///
/// Readers never wait for a running update and never see half of one: they read the last committed generation.
public actor SkillLibrary {
    public nonisolated let location: LibraryLocation
    private let connection: SQLiteConnection

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
    }

    /// What the library holds, and what it was made with.
    public func summary() throws -> LibrarySummary {
        try LibrarySummary(name: location.name, connection: connection)
    }

    /// The skill of that id, or nil.
    public func skill(_ id: String) throws -> Skill? {
        try connection.query("SELECT body FROM skills WHERE id = ?", .text(id)) { $0.text(0) }
            .first.map(decode)
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

    /// Every id, for suggestions.
    package func allIDs() throws -> [String] {
        try connection.query("SELECT id FROM skills ORDER BY number") { $0.text(0) }
    }

    // MARK: - Index entries

    /// What the entries of these numbers stand for; unknown numbers are left out.
    package func entries(_ numbers: [Int64]) throws -> [Int64: IndexEntry] {
        var found: [Int64: IndexEntry] = [:]
        let sql = """
            SELECT skills.id, skills.tools, entries.tool FROM entries JOIN skills ON skills.number = entries.skill
            WHERE entries.number = ?
            """
        for number in numbers where found[number] == nil {
            found[number] = try connection.query(sql, .integer(number)) { row in
                IndexEntry(skill: row.text(0), toolCount: row.int(1), tool: row.isNull(2) ? nil : row.text(2))
            }.first
        }
        return found
    }

    /// The tools of one skill with their vectors' bytes.
    package func toolVectors(of skill: String) throws -> [(tool: String, vector: [UInt8])] {
        try connection.query(
            """
            SELECT entries.tool, entries.vector FROM entries JOIN skills ON skills.number = entries.skill
            WHERE skills.id = ? AND entries.tool IS NOT NULL ORDER BY entries.number
            """,
            .text(skill)
        ) { (tool: $0.text(0), vector: $0.blob(1)) }
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

/// What one vector of the index stands for: a skill as a whole, or one of its tools.
package struct IndexEntry: Sendable, Hashable {
    package var skill: String
    /// How many tools the skill has.
    package var toolCount: Int
    /// The tool; nil for the skill as a whole.
    package var tool: String?
}

/// One line about a skill.
public struct SkillOverview: Sendable, Hashable {
    public var id: String
    public var name: String
    public var description: String
    public var source: String
    public var toolCount: Int

    init(id: String, name: String, source: String, toolCount: Int, body: String) {
        self.id = id
        self.name = name
        self.source = source
        self.toolCount = toolCount
        description = (try? JSONParser.parse(body))?["description"]?.stringValue ?? ""
    }
}
