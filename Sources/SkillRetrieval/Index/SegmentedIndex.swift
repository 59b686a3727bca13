package import TextEmbedding

/// A large index that was built once, and beside it an exact one of what was added since.
///
/// A graph of neighbours cannot forget and takes minutes to build. So an update leaves it as it is: new entries are
/// searched one by one until the whole is built again, and entries that are gone are found still, for the caller, who
/// knows the entries there are, to pass over. Numbers are never given twice, so what the two hold cannot overlap.
package struct SegmentedIndex: VectorIndex {
    let base: FAISSIndex
    /// What was added after the base was built; nil where that is nothing.
    let recent: FAISSIndex?

    package nonisolated var dimensions: Int { base.dimensions }

    /// Entries stored, with those that are gone from the library but not yet from the base.
    package var count: Int {
        get async {
            let added = await recent?.count ?? 0
            return await base.count + added
        }
    }

    package func search(_ queries: EmbeddingMatrix, top: Int) async throws -> [[VectorHit]] {
        guard let recent else { return try await base.search(queries, top: top) }
        async let old = base.search(queries, top: top)
        async let new = recent.search(queries, top: top)
        return try await zip(old, new).map { old, new in
            var hits: [VectorHit] = []
            hits.reserveCapacity(min(top, old.count + new.count))
            var (left, right) = (old[...], new[...])
            while hits.count < top {
                let isOld = (left.first?.score ?? -.infinity) >= (right.first?.score ?? -.infinity)
                guard let hit = isOld ? left.popFirst() : right.popFirst() else { break }
                hits.append(hit)
            }
            return hits
        }
    }
}

extension SegmentedIndex {
    /// Opens the base from a file and gathers what is newer from the catalog.
    ///
    /// - Parameters:
    ///   - entryCount: entries of the library as it is.
    ///   - known: the index of an earlier generation: its base is taken over where the file is still the same.
    ///   - page: hands out vectors of the catalog.
    /// - Throws: `VectorIndexError` where the file is missing, damaged or lacks entries that it should have.
    static func open(
        file: String,
        dimensions: Int,
        entryCount: Int,
        reusing known: SegmentedIndex? = nil,
        page: VectorIndexBuilder.Page
    ) async throws -> SegmentedIndex {
        let base: FAISSIndex
        if let known, let read = known.base.file, read == IndexFile(file) {
            base = known.base
        } else {
            base = try FAISSIndex(file: file)
        }
        guard base.dimensions == dimensions else {
            throw VectorIndexError("\(file): holds vectors of \(base.dimensions) values instead of \(dimensions)")
        }
        let recent = try await VectorIndexBuilder.build(
            dimensions: dimensions,
            after: await base.lastNumber,
            page: page
        )
        let added = await recent.count
        let stored = await base.count
        guard stored >= entryCount - added else {
            throw VectorIndexError("\(file): holds \(stored) vectors, but \(entryCount - added) are needed")
        }
        return SegmentedIndex(base: base, recent: added > 0 ? recent : nil)
    }
}
