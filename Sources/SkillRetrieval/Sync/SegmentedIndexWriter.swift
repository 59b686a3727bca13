package import SkillCatalog
import Storage

/// Keeps the index of a large library in step at the cost of what changed.
///
/// The base file of the generation before is given a second name, and nothing else is written: what is newer than the
/// base is found in the catalog when the library is opened. From `IndexPolicy.mergeThreshold` on `maintain` builds the
/// base again, after the update is visible.
package struct SegmentedIndexWriter: IndexWriter {
    /// What was asked for; nil to go on as the library was built.
    private let chosen: IndexPolicy?

    package init(policy: IndexPolicy? = nil) { chosen = policy }

    package func write(
        generation: Int,
        previous: Int,
        changes: EntryChanges,
        dimensions: Int,
        from update: LibraryUpdate
    ) async throws {
        let location = update.location
        let count = await update.entryCount
        let policy = policy(of: update.before)
        try await SignalTableFile.write(
            generation: generation,
            previous: previous,
            dimensions: dimensions,
            isLarge: policy.kind(for: count) != .flat,
            from: update
        )
        let file = location.vectors(generation: generation)
        if previous > 0, policy.kind(for: count) != .flat, try await isBaseOfUse(update, changes, policy, count: count),
            FileSystem.link(location.vectors(generation: previous), as: file)
        {
            return
        }
        let index = try await VectorIndexBuilder.build(
            dimensions: dimensions,
            shape: policy.shape(for: count, dimensions: dimensions),
            lastNumber: await update.lastEntry
        ) { try await update.vectors(after: $0, limit: $1) }
        try await index.write(to: file)
        await update.setBase(await base(index, policy.description(for: count)))
    }

    private func policy(of library: LibrarySummary) -> IndexPolicy { chosen ?? IndexPolicy(text: library.indexPolicy) }

    private func base(_ index: FAISSIndex, _ shape: String) async -> IndexBase {
        IndexBase(lastEntry: await index.lastNumber, count: await index.count, shape: shape)
    }

    /// Whether the base is large enough, of the right model, and holds most of what the library will have.
    private func isBaseOfUse(
        _ update: LibraryUpdate,
        _ changes: EntryChanges,
        _ policy: IndexPolicy,
        count: Int
    ) async throws -> Bool {
        guard let base = update.before.base, base.shape == policy.description(for: count),
            changes.removed.count < update.before.entryCount
        else { return false }
        let recent = try await update.entryCount(after: base.lastEntry)
        // Beyond this, searching the recent entries one by one would take longer than the base does.
        return recent <= max(policy.mergeThreshold * 4, count / 2) && base.count > recent
    }

    /// Builds the base again where enough has changed, or where it is to be built in another way; searches go on with
    /// the old one meanwhile, and so do updates where the caller does not hold the lock.
    ///
    /// - Parameter lock: the right to change the library, where the caller holds it.
    /// - Returns: whether it was built again.
    package func maintain(_ location: LibraryLocation, lock: LibraryLock?) async throws -> Bool {
        let library = try SkillLibrary(at: location)
        let summary = try await library.summary()
        if let chosen, chosen.text != IndexPolicy(text: summary.indexPolicy).text {
            let held = try await acquire(location, lock)
            try IndexBase.store(policy: chosen.text, at: location)
            withExtendedLifetime(held) {}
        }
        let policy = policy(of: summary)
        let count = summary.entryCount
        guard summary.generation > 0, try await isDue(library, summary, policy) else { return false }
        let index = try await VectorIndexBuilder.build(
            dimensions: summary.dimensions,
            shape: policy.shape(for: count, dimensions: summary.dimensions),
            lastNumber: summary.lastEntry
        ) { try await library.vectors(after: $0, limit: $1) }
        let words = try await SignalTableFile.build(dimensions: summary.dimensions) {
            try await library.rows(after: $0, limit: $1)
        }
        // Whatever was committed meanwhile is newer than the base's last entry, so the file is right for it too.
        let held = try await acquire(location, lock)
        defer { withExtendedLifetime(held) {} }
        let newest = try await library.summary()
        if let words { try SignalTableFile.write(words, to: location.words(generation: newest.indexGeneration)) }
        try await index.write(to: location.vectors(generation: newest.indexGeneration))
        try await base(index, policy.description(for: count)).store(at: location)
        return true
    }

    private func isDue(_ library: SkillLibrary, _ summary: LibrarySummary, _ policy: IndexPolicy) async throws -> Bool {
        let shape = policy.description(for: summary.entryCount)
        guard let base = summary.base else { return shape != IndexPolicy().description(for: 0) }
        guard base.shape == shape else { return true }
        guard policy.kind(for: summary.entryCount) != .flat else { return false }
        let recent = try await library.entryCount(after: base.lastEntry)
        let stale = base.count - (summary.entryCount - recent)
        return recent + stale > policy.mergeThreshold
    }

    private func acquire(_ location: LibraryLocation, _ lock: LibraryLock?) async throws -> LibraryLock {
        if let lock { return lock }
        return try await LibraryLock.acquire(location, holder: "skillweaver index", patience: .seconds(60))
    }

    package func discard(generation: Int, at location: LibraryLocation) {
        location.removeVectors(generation: generation)
    }

    package func clean(keeping generation: Int, at location: LibraryLocation) {
        location.removeStaleVectors(keeping: generation)
    }
}
