import JSONSchema
package import SkillCatalog
import Storage

extension PostgreSQLLibrary {
    // MARK: - Entries

    package func entries(_ numbers: [Int64]) async throws -> [Int64: IndexEntry] {
        guard !numbers.isEmpty else { return [:] }
        let rows = try await read { connection in
            try connection.query(
                """
                SELECT e.number, s.id, s.number, s.tools, e.tool, e.name, e.description, e.details
                FROM \(tables.entries) e JOIN skillweaver_skills s ON s.number = e.skill AND \(tables.own("s"))
                WHERE \(tables.alive("e")) AND e.number = ANY($1::bigint[])
                """,
                .integers(numbers)
            ) { row in
                let entry = IndexEntry(
                    skill: row.text(1),
                    skillNumber: row.integer(2),
                    toolCount: row.int(3),
                    tool: row.isNull(4) ? nil : row.text(4),
                    text: IndexedText(name: row.text(5), description: row.text(6), details: row.text(7))
                )
                return (row.integer(0), entry)
            }
        }
        return Dictionary(rows) { first, _ in first }
    }

    package func entryNumbers(ofSkill id: String) async throws -> [Int64] {
        try await read { connection in
            try connection.query(
                """
                SELECT e.number FROM skillweaver_skills s
                JOIN \(tables.entries) e ON e.skill = s.number AND \(tables.alive("e"))
                WHERE \(tables.own("s")) AND s.id = $1 ORDER BY e.tool IS NOT NULL, e.number
                """,
                .text(id)
            ) { $0.integer(0) }
        }
    }

    package func tokenStates(of numbers: [Int64]) async throws -> [Int64: TextEncoding] {
        guard !numbers.isEmpty else { return [:] }
        let rows = try await read { connection in
            try connection.query(
                """
                SELECT e.number, e.pieces, e.states FROM \(tables.entries) e
                WHERE \(tables.alive("e")) AND e.number = ANY($1::bigint[]) AND length(e.states) > 0
                """,
                .integers(numbers)
            ) { ($0.integer(0), TextEncoding(vector: [], pieces: $0.bytes(1), states: $0.bytes(2))) }
        }
        return Dictionary(rows) { first, _ in first }
    }

    package func part(_ name: LibraryPart) async throws -> [UInt8]? {
        try await read { connection in
            try connection.query(
                "SELECT content FROM skillweaver_parts p WHERE \(tables.own("p")) AND name = $1",
                .text(name.rawValue)
            ) { $0.bytes(0) }.first
        }
    }

    // MARK: - Skills

    package func skill(_ id: String) async throws -> Skill? { try await skills([id])[id] }

    package func skills(_ ids: [String]) async throws -> [String: Skill] {
        guard !ids.isEmpty else { return [:] }
        let rows = try await read { connection in
            try connection.query(
                """
                SELECT id, source, line, body FROM skillweaver_skills s
                WHERE \(tables.own("s")) AND id = ANY($1::text[])
                """,
                .texts(Array(Set(ids)))
            ) { (id: $0.text(0), source: $0.text(1), line: $0.isNull(2) ? nil : $0.int(2), body: $0.text(3)) }
        }
        var skills: [String: Skill] = [:]
        for row in rows {
            var skill = try decode(row.body)
            // As in a library on disk, the body is without what can change while the skill stays the same.
            skill.id = row.id
            skill.origin.source = row.source
            skill.origin.line = row.line
            skills[row.id] = skill
        }
        return skills
    }

    package func skillNames() async throws -> [(id: String, name: String)] {
        try await read { connection in
            try connection.query(
                "SELECT id, name FROM skillweaver_skills s WHERE \(tables.own("s")) ORDER BY number"
            ) { (id: $0.text(0), name: $0.text(1)) }
        }
    }

    /// Ids of skills whose id or name is `text`, letter case aside.
    package func ids(matching text: String) async throws -> [String] {
        try await read { connection in
            try connection.query(
                """
                SELECT id FROM skillweaver_skills s
                WHERE \(tables.own("s")) AND (lower(id) = lower($1) OR lower(name) = lower($1)) ORDER BY number
                """,
                .text(text)
            ) { $0.text(0) }
        }
    }

    /// One line a skill in the order they were indexed.
    package func overview() async throws -> [SkillOverview] {
        try await read { connection in
            try connection.query(
                "SELECT id, name, source, tools, body FROM skillweaver_skills s WHERE \(tables.own("s")) ORDER BY number"
            ) { row in
                SkillOverview(
                    id: row.text(0),
                    name: row.text(1),
                    source: row.text(2),
                    toolCount: row.int(3),
                    body: row.text(4)
                )
            }
        }
    }

    private func decode(_ body: String) throws -> Skill {
        do {
            return try Skill(json: JSONParser.parse(body))
        } catch {
            throw LibraryError(
                .damaged,
                "the library '\(summary.name)' in \(store.address) holds a skill that cannot be read (\(error)); "
                    + "index it again"
            )
        }
    }
}
