package import SkillCatalog

/// Brings the files of a library's indexes, vectors and words, in step with an update, before the update is committed.
///
/// The files of the generation before stay as they are: readers use them until the commit, and after it as long as they
/// hold them open.
package protocol IndexWriter: Sendable {
    /// Writes what the new generation needs beside what is there, durably.
    ///
    /// - Parameters:
    ///   - generation: the generation the files belong to.
    ///   - previous: the generation whose files hold the index so far; 0 where there are none.
    ///   - changes: the entries to add and to remove; their vectors are read from the update.
    func write(
        generation: Int,
        previous: Int,
        changes: EntryChanges,
        dimensions: Int,
        from update: LibraryUpdate
    ) async throws

    /// Puts the index of the newest generation in better shape where that is due; after an update, and as long as it takes.
    ///
    /// - Parameter lock: the right to change the library, where the caller holds it.
    /// - Returns: whether there was anything to do.
    func maintain(_ location: LibraryLocation, lock: LibraryLock?) async throws -> Bool

    /// Takes back what was written for a generation that was not committed.
    func discard(generation: Int, at location: LibraryLocation)

    /// Removes what no generation but the current one needs, also what a process left behind that was killed.
    func clean(keeping generation: Int, at location: LibraryLocation)
}

extension IndexWriter {
    /// Nothing to do: every update leaves the index in the best shape it can have.
    package func maintain(_ location: LibraryLocation, lock: LibraryLock?) async throws -> Bool { false }
}

/// Writes all vectors into one file a generation, and beside it the words.
///
/// An update costs what the library is large; right for some ten thousand entries.
package struct WholeIndexWriter: IndexWriter {
    package init() {}

    package func write(
        generation: Int,
        previous: Int,
        changes: EntryChanges,
        dimensions: Int,
        from update: LibraryUpdate
    ) async throws {
        let index = try await VectorIndexBuilder.build(dimensions: dimensions) { number, limit in
            try await update.vectors(after: number, limit: limit)
        }
        try await index.write(to: update.location.vectors(generation: generation))
        try await SignalTableFile.write(
            generation: generation,
            previous: previous,
            dimensions: dimensions,
            isLarge: false,
            from: update
        )
    }

    package func discard(generation: Int, at location: LibraryLocation) {
        location.removeVectors(generation: generation)
    }

    package func clean(keeping generation: Int, at location: LibraryLocation) {
        location.removeStaleVectors(keeping: generation)
    }
}
