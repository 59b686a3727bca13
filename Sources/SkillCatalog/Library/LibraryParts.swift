import Storage

/// Reads and writes what is learned from a library as a whole.
package enum LibraryParts {
    /// Keeps what was learned, or forgets it; the caller holds the library's lock.
    package static func keep(_ content: [UInt8]?, as name: LibraryPart, at location: LibraryLocation) throws {
        let connection = try SQLiteConnection(file: location.catalog)
        try connection.transaction {
            if let content { try keep(content, as: name, in: connection) } else { try remove(name, in: connection) }
        }
    }

    static func content(of name: LibraryPart, in connection: SQLiteConnection) throws(StorageError) -> [UInt8]? {
        try connection.query("SELECT content FROM parts WHERE name = ?", .text(name.rawValue)) { $0.blob(0) }.first
    }

    static func keep(
        _ content: [UInt8],
        as name: LibraryPart,
        in connection: SQLiteConnection
    ) throws(StorageError) {
        try connection.run(
            "INSERT OR REPLACE INTO parts (name, content) VALUES (?, ?)",
            .text(name.rawValue),
            .blob(content)
        )
    }

    static func remove(_ name: LibraryPart, in connection: SQLiteConnection) throws(StorageError) {
        try connection.run("DELETE FROM parts WHERE name = ?", .text(name.rawValue))
    }
}
