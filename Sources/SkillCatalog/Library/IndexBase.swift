import Storage

/// What the vector file of a library was built from; entries above `lastEntry` came later.
package struct IndexBase: Sendable, Hashable {
    /// The greatest entry number in the file.
    package var lastEntry: Int64
    /// Vectors in the file, those of entries included that are gone since.
    package var count: Int

    package init(lastEntry: Int64, count: Int) {
        self.lastEntry = lastEntry
        self.count = count
    }

    /// Notes in a library that its vector file was built again; the caller holds the library's lock.
    package func store(at location: LibraryLocation) throws {
        let connection = try SQLiteConnection(file: location.catalog)
        try connection.transaction { try store(in: connection) }
    }

    func store(in connection: SQLiteConnection) throws(StorageError) {
        for (fact, value) in [(LibraryFact.baseLastEntry, "\(lastEntry)"), (.baseCount, "\(count)")] {
            try connection.run(
                "INSERT OR REPLACE INTO about (key, value) VALUES (?, ?)",
                .text(fact.rawValue),
                .text(value)
            )
        }
    }
}
