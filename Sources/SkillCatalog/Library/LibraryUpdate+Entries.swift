import Storage

extension LibraryUpdate {
    /// Stores the encodings of a skill that `offer` asked for.
    ///
    /// An entry that stayed the same stays as it is, under its number.
    package func store(_ entries: [NewEntry], of number: Int64) throws {
        var missing = entries
        for stored in try storedEntries(of: number) {
            let place = missing.firstIndex {
                $0.tool == stored.tool && $0.hash == stored.hash && $0.text == stored.text
            }
            if let place, keepsVectors { missing.remove(at: place) } else { try removeEntry(stored.number) }
        }
        for entry in missing { try insert(entry, of: number) }
    }

    private func storedEntries(
        of skill: Int64
    ) throws -> [(number: Int64, tool: String?, hash: [UInt8], text: IndexedText)] {
        try connection.query(
            """
            SELECT entries.number, tool, hash, entry_texts.name, entry_texts.description, entry_texts.details FROM entries
            LEFT JOIN entry_texts ON entry_texts.entry = entries.number WHERE skill = ? ORDER BY entries.number
            """,
            .integer(skill)
        ) { row in
            (
                number: row.integer(0), tool: row.isNull(1) ? nil : row.text(1), hash: row.blob(2),
                text: IndexedText(name: row.text(3), description: row.text(4), details: row.text(5))
            )
        }
    }

    private func insert(_ entry: NewEntry, of skill: Int64) throws {
        state.lastEntry += 1
        state.entryCount += 1
        state.changes.add(state.lastEntry)
        try entry.insert(number: state.lastEntry, skill: skill, in: connection)
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

    /// The entries above a number as they stand in this update, for building the vector index.
    package func vectors(after number: Int64, limit: Int) throws -> [(number: Int64, vector: [UInt8])] {
        try connection.query(
            "SELECT number, vector FROM entries WHERE number > ? ORDER BY number LIMIT ?",
            .integer(number),
            SQLiteValue(limit)
        ) { (number: $0.integer(0), vector: $0.blob(1)) }
    }

    /// How many entries have greater numbers, as it stands in this update.
    package func entryCount(after number: Int64) throws -> Int {
        try connection.query("SELECT count(*) FROM entries WHERE number > ?", .integer(number)) { $0.int(0) }.first ?? 0
    }

    /// Removes the entries of a skill that goes.
    func removeEntries(of skill: Int64) throws {
        let numbers = try connection.query("SELECT number FROM entries WHERE skill = ?", .integer(skill)) {
            $0.integer(0)
        }
        for number in numbers { try removeEntry(number) }
    }

    private func removeEntry(_ number: Int64) throws {
        try connection.run("DELETE FROM entries WHERE number = ?", .integer(number))
        state.entryCount -= 1
        state.changes.remove(number)
    }
}
