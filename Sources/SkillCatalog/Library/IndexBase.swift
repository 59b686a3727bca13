import Storage

/// What the vector file of a library was built from; entries above `lastEntry` came later.
package struct IndexBase: Sendable, Hashable {
    /// The greatest entry number in the file.
    package var lastEntry: Int64
    /// Vectors in the file, those of entries included that are gone since.
    package var count: Int
    /// How it was built, in the words of whoever built it.
    package var shape: String

    package init(lastEntry: Int64, count: Int, shape: String) {
        self.lastEntry = lastEntry
        self.count = count
        self.shape = shape
    }

    /// Notes in a library that its vector file was built again; the caller holds the library's lock.
    package func store(at location: LibraryLocation) throws {
        let connection = try SQLiteConnection(file: location.catalog)
        try connection.transaction { try store(in: connection) }
    }

    func store(in connection: SQLiteConnection) throws(StorageError) {
        try LibraryFact.baseLastEntry.store("\(lastEntry)", in: connection)
        try LibraryFact.baseCount.store("\(count)", in: connection)
        try LibraryFact.baseShape.store(shape, in: connection)
    }

    /// Notes how the index of a library is to be built from now on; the caller holds the library's lock.
    package static func store(policy: String, at location: LibraryLocation) throws {
        try LibraryFact.indexPolicy.store(policy, in: try SQLiteConnection(file: location.catalog))
    }
}
