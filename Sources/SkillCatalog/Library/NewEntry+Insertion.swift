import Storage

extension NewEntry {
    /// Stores an entry of a skill under a number: its vector, its texts, and its token states where it has any.
    func insert(number: Int64, skill: Int64, in connection: SQLiteConnection) throws(StorageError) {
        try connection.run(
            "INSERT INTO entries (number, skill, tool, hash, vector) VALUES (?, ?, ?, ?, ?)",
            .integer(number),
            .integer(skill),
            SQLiteValue(tool),
            .blob(hash),
            .blob(encoding.vector)
        )
        try connection.run(
            "INSERT INTO entry_texts (entry, name, description, details, pieces) VALUES (?, ?, ?, ?, ?)",
            .integer(number),
            .text(text.name),
            .text(text.description),
            .text(text.details),
            .blob(encoding.pieces)
        )
        guard !encoding.states.isEmpty else { return }
        try connection.run(
            "INSERT INTO entry_states (entry, states) VALUES (?, ?)",
            .integer(number),
            .blob(encoding.states)
        )
    }
}
