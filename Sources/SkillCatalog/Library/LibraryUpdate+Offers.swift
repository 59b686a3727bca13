import JSONSchema
import Storage

/// A claim for a skill that was already taken: the source holds two records of one id, in another order than before.
package struct ConflictingRecords: Error, Sendable, Hashable {}

extension LibraryUpdate {
    /// The records of the source being read that need not be read again.
    package func knownRecords() throws -> KnownRecords {
        guard keepsVectors else { return KnownRecords() }
        let rows = try connection.query(
            """
            SELECT origins.stamp, skills.number, origins.line FROM skills JOIN origins ON origins.skill = skills.number
            WHERE skills.source = ? AND origins.stamp IS NOT NULL
            """,
            .text(sources[current].name)
        ) { row in
            RecordStamp(bytes: row.blob(0)).map {
                ($0, KnownRecords.Record(number: row.integer(1), storedLine: row.line(2)))
            }
        }
        return KnownRecords(rows.compactMap(\.self))
    }

    /// Notes that these records are as they were.
    ///
    /// - Throws: `ConflictingRecords` when another record took the place of one of them; the source must be read in full.
    package func keep(_ records: [KnownRecords.Record]) throws {
        for record in records {
            guard state.seen.insert(record.number).inserted else { throw ConflictingRecords() }
            state.counts.unchanged += 1
            guard record.line != record.storedLine else { continue }
            state.hasNotes = true
            try connection.run(
                "UPDATE origins SET line = ? WHERE skill = ?",
                record.line.map { SQLiteValue($0) } ?? .null,
                .integer(record.number)
            )
        }
    }

    /// Notes that the source being read holds this skill, and says what has to be done about it.
    ///
    /// Two skills with one id are kept apart: the later gets its source's name before its id.
    /// - Parameter stamp: of the record; nil where it must be read again the next time.
    package func offer(_ offered: Skill, stamp: RecordStamp? = nil) throws -> Offer {
        var skill = offered
        skill.origin.source = sources[current].name
        var stamp = stamp
        var diagnostics: [Diagnostic] = []
        let (id, found) = try place(for: skill)
        if id != skill.id {
            let message = "the id '\(skill.id)' is taken; this skill is kept as '\(id)'"
            diagnostics.append(warning("duplicate-id", message, skill))
            // Whoever has the id may go: the record is looked at each time.
            stamp = nil
        }
        let body = Self.body(of: skill)
        skill.id = id
        let hash = ContentHash(of: body).bytes
        let number: Int64
        var isPending = true
        if let found {
            number = found.number
            if found.hash == hash, found.id == id, keepsVectors {
                isPending = false
                if state.displaced.remove(number) != nil {
                    state.counts.changed += 1
                } else {
                    state.counts.unchanged += 1
                }
            } else {
                state.counts.changed += 1
                state.displaced.remove(number)
                try replace(found, by: skill, body: body, hash: hash)
            }
            if found.source != skill.origin.source {
                try connection.run(
                    "UPDATE skills SET source = ? WHERE number = ?",
                    .text(skill.origin.source),
                    .integer(number)
                )
            }
        } else {
            state.counts.added += 1
            number = try insert(skill, body: body, hash: hash)
        }
        if diagnostics.isEmpty, let warning = try nameWarning(skill, number: number) {
            diagnostics.append(warning)
            stamp = nil
        }
        state.seen.insert(number)
        try noteOrigin(of: number, stamp: stamp, line: skill.origin.line)
        return Offer(skill: skill, pending: isPending ? number : nil, diagnostics: diagnostics)
    }

    /// A skill as a library holds it under that number.
    func storedSkill(_ number: Int64) throws -> Skill? {
        let rows = try connection.query(
            """
            SELECT id, source, body, origins.line FROM skills LEFT JOIN origins ON origins.skill = number
            WHERE number = ?
            """,
            .integer(number)
        ) { ($0.text(0), $0.text(1), $0.text(2), $0.line(3)) }
        guard let (id, source, body, line) = rows.first else { return nil }
        var skill = try Skill(json: JSONParser.parse(body))
        skill.id = id
        skill.origin.source = source
        skill.origin.line = line
        return skill
    }

    /// Removes a skill with its entries.
    func remove(_ number: Int64) throws {
        let rows = try connection.query("SELECT id, tools FROM skills WHERE number = ?", .integer(number)) {
            (id: $0.text(0), tools: $0.int(1))
        }
        guard let row = rows.first else { return }
        try removeEntries(of: number)
        try connection.run("DELETE FROM skills WHERE number = ?", .integer(number))
        state.counts.removed += 1
        state.skillCount -= 1
        state.toolCount -= row.tools
        if sources.count > 1 { state.freed.append(row.id) }
    }

    // MARK: - Ids

    struct Row {
        var number: Int64
        var id: String
        var source: String
        var hash: [UInt8]
        var tools: Int
    }

    func row(withID id: String) throws -> Row? {
        try connection.query("SELECT number, source, hash, tools FROM skills WHERE id = ?", .text(id)) {
            Row(number: $0.integer(0), id: id, source: $0.text(1), hash: $0.blob(2), tools: $0.int(3))
        }.first
    }

    /// The id a skill gets, and the stored skill that it is, where there is one.
    private func place(for skill: Skill) throws -> (id: String, found: Row?) {
        let prefixed = "\(skill.origin.source):\(skill.id)"
        var id = skill.id
        var copies = 0
        while let row = try row(withID: id) {
            if !state.seen.contains(row.number) {
                let owner = places[row.source]
                if owner == nil || owner == current { return (id, row) }
                if let owner, owner > current {
                    try displace(row)
                    continue
                }
            }
            copies += 1
            id = copies == 1 ? prefixed : "\(prefixed)~\(copies)"
        }
        // It may have waited under its source's name until its own became free.
        if copies == 0, let waiting = try row(withID: prefixed), waiting.source == skill.origin.source,
            !state.seen.contains(waiting.number)
        {
            return (id, waiting)
        }
        return (id, nil)
    }

    /// Gives a skill of a later source the id it gets when that source is read.
    private func displace(_ row: Row) throws {
        let prefixed = "\(row.source):\(row.id)"
        var id = prefixed
        var copies = 1
        while try self.row(withID: id) != nil {
            copies += 1
            id = "\(prefixed)~\(copies)"
        }
        try connection.run("UPDATE skills SET id = ? WHERE number = ?", .text(id), .integer(row.number))
        try connection.run("UPDATE origins SET stamp = NULL WHERE skill = ?", .integer(row.number))
        state.displaced.insert(row.number)
    }

    // MARK: - Names

    struct NameWarning {
        var diagnostic: Diagnostic
        var number: Int64
        /// Place of the source that was being read.
        var place: Int
        var others: [Int64]
    }

    /// A warning when an earlier skill has the same name; put off where it is not sure yet that the other one stays.
    private func nameWarning(_ skill: Skill, number: Int64) throws -> Diagnostic? {
        let others = try connection.query("SELECT number FROM skills WHERE name = ? LIMIT 4", .text(skill.name)) {
            $0.integer(0)
        }.filter { $0 != number }
        guard !others.isEmpty else { return nil }
        let diagnostic = nameWarning(skill)
        if others.contains(where: state.seen.contains) { return diagnostic }
        state.nameWarnings.append(NameWarning(diagnostic: diagnostic, number: number, place: current, others: others))
        return nil
    }

    /// The warnings that were put off and turned out to hold.
    ///
    /// Of two skills the later is warned about, also where that one was as before and nobody read it again.
    func dueNameWarnings() throws -> [Diagnostic] {
        var due: [Diagnostic] = []
        for warning in state.nameWarnings {
            var isDue = false
            for number in warning.others {
                guard let other = try storedSkill(number) else { continue }
                if let place = places[other.origin.source], place < warning.place {
                    isDue = true
                } else if try forgetStamp(of: number) {
                    due.append(nameWarning(other))
                }
            }
            guard isDue else { continue }
            due.append(warning.diagnostic)
            _ = try forgetStamp(of: warning.number)
        }
        return due
    }

    /// Lets a record be looked at each time, because its warning depends on another one; false where it already is.
    private func forgetStamp(of number: Int64) throws -> Bool {
        try !connection.query(
            "UPDATE origins SET stamp = NULL WHERE skill = ? AND stamp IS NOT NULL RETURNING skill",
            .integer(number),
            row: { _ in true }
        ).isEmpty
    }

    private func nameWarning(_ skill: Skill) -> Diagnostic {
        warning("duplicate-name", "another skill is called '\(skill.name)' too; this one is '\(skill.id)'", skill)
    }

    private func warning(_ code: String, _ message: String, _ skill: Skill) -> Diagnostic {
        Diagnostic(.warning, code: code, message, file: skill.origin.file, line: skill.origin.line)
    }

    // MARK: - Rows

    /// What is stored of a skill: under the id its source gives it, without what can change while it stays the same.
    private static func body(of skill: Skill) -> String {
        var skill = skill
        skill.origin.source = ""
        skill.origin.line = nil
        return skill.json.serialized()
    }

    private func insert(_ skill: Skill, body: String, hash: [UInt8]) throws -> Int64 {
        state.lastSkill += 1
        state.skillCount += 1
        state.toolCount += skill.tools.count
        try connection.run(
            "INSERT INTO skills (number, id, name, source, tools, hash, body, seen) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            .integer(state.lastSkill),
            .text(skill.id),
            .text(skill.name),
            .text(skill.origin.source),
            SQLiteValue(skill.tools.count),
            .blob(hash),
            .text(body),
            SQLiteValue(generation)
        )
        return state.lastSkill
    }

    private func replace(_ row: Row, by skill: Skill, body: String, hash: [UInt8]) throws {
        state.toolCount += skill.tools.count - row.tools
        try connection.run(
            "UPDATE skills SET id = ?, name = ?, tools = ?, hash = ?, body = ?, seen = ? WHERE number = ?",
            .text(skill.id),
            .text(skill.name),
            SQLiteValue(skill.tools.count),
            .blob(hash),
            .text(body),
            SQLiteValue(generation),
            .integer(row.number)
        )
    }

    private func noteOrigin(of number: Int64, stamp: RecordStamp?, line: Int?) throws {
        let changed = try connection.run(
            """
            INSERT INTO origins (skill, stamp, line) VALUES (?1, ?2, ?3)
            ON CONFLICT (skill) DO UPDATE SET stamp = ?2, line = ?3 WHERE stamp IS NOT ?2 OR line IS NOT ?3
            """,
            .integer(number),
            stamp.map { .blob($0.bytes) } ?? .null,
            line.map { SQLiteValue($0) } ?? .null
        )
        if changed > 0 { state.hasNotes = true }
    }
}

extension SQLiteRow {
    /// A line number, or none.
    fileprivate func line(_ column: Int32) -> Int? { isNull(column) ? nil : int(column) }
}
