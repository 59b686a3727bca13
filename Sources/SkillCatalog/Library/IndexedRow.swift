import Storage

/// One entry with everything that indexes are built from.
package struct IndexedRow: Sendable {
    package var number: Int64
    package var skill: Int64
    package var isTool: Bool
    package var text: IndexedText
    package var encoding: TextEncoding

    package init(number: Int64, skill: Int64, isTool: Bool, text: IndexedText, encoding: TextEncoding) {
        self.number = number
        self.skill = skill
        self.isTool = isTool
        self.text = text
        self.encoding = encoding
    }

    /// Up to `limit` entries with numbers greater than the one given, in order; without their token states.
    static func page(
        of connection: SQLiteConnection,
        after number: Int64,
        limit: Int
    ) throws(StorageError) -> [IndexedRow] {
        try connection.query(
            """
            SELECT entries.number, entries.skill, entries.tool IS NOT NULL, entries.vector,
                entry_texts.name, entry_texts.description, entry_texts.details, entry_texts.pieces
            FROM entries JOIN entry_texts ON entry_texts.entry = entries.number
            WHERE entries.number > ? ORDER BY entries.number LIMIT ?
            """,
            .integer(number),
            SQLiteValue(limit)
        ) { row in
            IndexedRow(
                number: row.integer(0),
                skill: row.integer(1),
                isTool: row.int(2) != 0,
                text: IndexedText(name: row.text(4), description: row.text(5), details: row.text(6)),
                encoding: TextEncoding(vector: row.blob(3), pieces: row.blob(7))
            )
        }
    }
}

extension SkillLibrary {
    /// Entries page by page, for building indexes again.
    package func rows(after number: Int64, limit: Int) throws -> [IndexedRow] {
        try IndexedRow.page(of: connection, after: number, limit: limit)
    }
}

extension LibraryUpdate {
    /// Entries as they stand in this update, page by page, for building indexes.
    package func rows(after number: Int64, limit: Int) throws -> [IndexedRow] {
        try IndexedRow.page(of: connection, after: number, limit: limit)
    }

    /// What was learned from the library under that name.
    package func part(_ name: LibraryPart) throws -> [UInt8]? {
        try LibraryParts.content(of: name, in: connection)
    }

    /// Keeps what was learned from the library.
    package func keep(_ content: [UInt8], as name: LibraryPart) throws {
        try LibraryParts.keep(content, as: name, in: connection)
    }
}
