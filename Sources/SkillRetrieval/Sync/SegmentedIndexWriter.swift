package import SkillCatalog
import Storage

/// Keeps the index of a large library in step at the cost of what changed.
///
/// The base file of the generation before is given a second name, and nothing else is written: what is newer than the
/// base is found in the catalog when the library is opened. From `IndexPolicy.mergeThreshold` on the base is built again,
/// after the update is visible.
package struct SegmentedIndexWriter: IndexWriter {
    private let policy: IndexPolicy

    package init(policy: IndexPolicy = IndexPolicy()) { self.policy = policy }

    package func write(
        generation: Int,
        previous: Int,
        changes: EntryChanges,
        dimensions: Int,
        from update: LibraryUpdate
    ) async throws {
        let location = update.location
        let count = await update.entryCount
        try await SignalTableFile.write(
            generation: generation,
            previous: previous,
            dimensions: dimensions,
            isLarge: policy.kind(for: count) != .flat,
            from: update
        )
        let file = location.vectors(generation: generation)
        if previous > 0, policy.kind(for: count) != .flat, try await isBaseOfUse(update, changes, count: count),
            FileSystem.link(location.vectors(generation: previous), as: file)
        {
            return
        }
        let index = try await build(dimensions: dimensions, count: count, lastNumber: await update.lastEntry) {
            try await update.vectors(after: $0, limit: $1)
        }
        try await index.write(to: file)
        await update.setBase(IndexBase(lastEntry: await index.lastNumber, count: await index.count))
    }

    /// Whether the base is large enough, of the right model, and holds most of what the library will have.
    private func isBaseOfUse(_ update: LibraryUpdate, _ changes: EntryChanges, count: Int) async throws -> Bool {
        guard let base = update.before.base, changes.removed.count < update.before.entryCount else { return false }
        let recent = try await update.entryCount(after: base.lastEntry)
        // Beyond this, searching the recent entries one by one would take longer than the base does.
        return recent <= max(policy.mergeThreshold * 4, count / 2) && base.count > recent
    }

    /// Builds the base again where enough has changed; searches and updates go on with the old one meanwhile.
    ///
    /// - Returns: whether it was built again.
    package func merge(_ location: LibraryLocation) async throws -> Bool {
        let library = try SkillLibrary(at: location)
        let summary = try await library.summary()
        guard let base = summary.base, policy.kind(for: summary.entryCount) != .flat else { return false }
        let recent = try await library.entryCount(after: base.lastEntry)
        let stale = base.count - (summary.entryCount - recent)
        guard recent + stale > policy.mergeThreshold else { return false }
        let index = try await build(
            dimensions: summary.dimensions,
            count: summary.entryCount,
            lastNumber: summary.lastEntry
        ) { try await library.vectors(after: $0, limit: $1) }
        let words = try await SignalTableFile.build(dimensions: summary.dimensions) {
            try await library.rows(after: $0, limit: $1)
        }
        // Whatever was committed meanwhile is newer than the base's last entry, so the file is right for it too.
        let lock = try await LibraryLock.acquire(location, holder: "skillweaver index", patience: .seconds(60))
        defer { withExtendedLifetime(lock) {} }
        let newest = try await library.summary()
        if let words { try SignalTableFile.write(words, to: location.words(generation: newest.indexGeneration)) }
        try await index.write(to: location.vectors(generation: newest.indexGeneration))
        try IndexBase(lastEntry: await index.lastNumber, count: await index.count).store(at: location)
        return true
    }

    private func build(
        dimensions: Int,
        count: Int,
        lastNumber: Int64,
        page: VectorIndexBuilder.Page
    ) async throws -> FAISSIndex {
        try await VectorIndexBuilder.build(
            dimensions: dimensions,
            shape: policy.shape(for: count, dimensions: dimensions),
            lastNumber: lastNumber,
            page: page
        )
    }

    package func discard(generation: Int, at location: LibraryLocation) {
        location.removeVectors(generation: generation)
    }

    package func clean(keeping generation: Int, at location: LibraryLocation) {
        location.removeStaleVectors(keeping: generation)
    }
}
