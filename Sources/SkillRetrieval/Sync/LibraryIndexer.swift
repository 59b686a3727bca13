public import SkillCatalog
import Storage
public import TextEmbedding

/// Brings a library in step with its sources: embeds what is new or changed, drops what is gone.
///
/// Everything happens in one update. If the disk fills up or the task is cancelled, the library stays exactly as it was;
/// of a source that cannot be read it keeps what it had.
public struct LibraryIndexer: Sendable {
    let embedder: any Embedder
    private let writer: any IndexWriter

    public init(embedder: any Embedder) {
        self.init(embedder: embedder, writer: SegmentedIndexWriter())
    }

    /// - Parameter policy: how the vector index is built; nil to go on as a library was built.
    public init(embedder: any Embedder, policy: IndexPolicy?) {
        self.init(embedder: embedder, writer: SegmentedIndexWriter(policy: policy))
    }

    /// - Parameter writer: keeps the files of the vector index.
    package init(embedder: any Embedder, writer: any IndexWriter) {
        self.embedder = embedder
        self.writer = writer
    }

    /// Indexes sources into a library, replacing what was there before.
    ///
    /// - Parameter progress: called after every batch, with the number of skills done so far.
    /// - Throws: `SkillSourceError` when no source can be read, `LibraryError.nothingToIndex` when none holds a usable
    ///   skill, `LibraryError.busy` when another process changes the library, `StorageError` for the library's own files.
    public func index(
        _ sources: [any SkillSource],
        into location: LibraryLocation,
        options: IndexingOptions = IndexingOptions(),
        progress: @escaping @Sendable (IndexingProgress) -> Void = { _ in }
    ) async throws -> IndexingReport {
        let lock: LibraryLock
        if let held = options.lock {
            lock = held
        } else {
            lock = try await LibraryLock.acquire(location, holder: options.holder, patience: options.patience)
        }
        // Held until the update is over, committed or not.
        defer { withExtendedLifetime(lock) {} }
        // Vectors that another model left under this one's name are replaced like those of any other.
        let usable = try await isCurrent(location) ? EntryEncoder.fingerprint(embedder.model) : ""
        let update = try LibraryUpdate(at: location, modelFingerprint: usable)
        do {
            writer.clean(keeping: update.before.indexGeneration, at: location)
            return try await run(sources, options: options, update: update, progress: progress)
        } catch {
            await update.rollBack()
            throw error
        }
    }

    /// Whether the vectors of a library are of the model that is behind the embedder's name today.
    private func isCurrent(_ location: LibraryLocation) async throws -> Bool {
        guard embedder.isSwappable, location.exists,
            let library = try? await IndexedLibrary.open(location, for: embedder.model)
        else { return true }
        return try await library.isCurrent(for: embedder)
    }

    /// Builds the vector index of a large library again where much has changed since that was done last, or where another
    /// kind of index was asked for. Searches go on meanwhile.
    ///
    /// - Returns: whether it was built again.
    @discardableResult
    public func maintain(_ location: LibraryLocation, options: IndexingOptions = IndexingOptions()) async throws -> Bool
    {
        try await writer.maintain(location, lock: options.lock)
    }

    private func run(
        _ given: [any SkillSource],
        options: IndexingOptions,
        update: LibraryUpdate,
        progress: @escaping @Sendable (IndexingProgress) -> Void
    ) async throws -> IndexingReport {
        let list = SourceList(given, known: update.before.sources)
        try await update.setSources(list.entries)
        var reading = SourceReading(update: update, indexer: self, progress: progress)
        let chosen = options.onlySources.map { chosen in Set(chosen.map { list.places[$0] }) }
        var read = chosen ?? Set(list.sources.indices)
        for place in read.sorted() {
            try await reading.read(list, place: place, isStrict: options.stopsAtUnreadableSource)
        }
        for place in try await update.sourcesWaiting(besides: read) {
            read.insert(place)
            try await reading.read(list, place: place, isStrict: options.stopsAtUnreadableSource)
        }
        var report = reading.report
        for diagnostic in try await update.finish() { report.note(diagnostic) }
        if let failure = report.failures.first, report.failures.count == list.sources.count { throw failure.error }
        guard await update.skillCount > 0 else {
            throw LibraryError(.nothingToIndex, Self.nothingMessage(given, report.diagnostics))
        }
        report.counts = await update.counts
        if await update.hasWork { try await publish(update) } else { await update.rollBack() }
        return report
    }

    /// Writes the vector index of the new generation, then makes the generation visible.
    private func publish(_ update: LibraryUpdate) async throws {
        let location = update.location
        let generation = await update.indexGeneration
        let writesIndex = generation != update.before.indexGeneration
        do {
            if writesIndex {
                try await writer.write(
                    generation: generation,
                    previous: update.before.indexGeneration,
                    changes: await update.changes,
                    dimensions: embedder.model.dimensions,
                    from: update
                )
            }
            try await update.commit(
                modelName: embedder.model.name,
                modelFingerprint: EntryEncoder.fingerprint(embedder.model),
                dimensions: embedder.model.dimensions
            )
        } catch {
            if writesIndex { writer.discard(generation: generation, at: location) }
            throw error
        }
        writer.clean(keeping: generation, at: location)
    }

    private static func nothingMessage(_ sources: [any SkillSource], _ diagnostics: [Diagnostic]) -> String {
        let places = sources.map(\.location).joined(separator: ", ")
        let reason = diagnostics.first.map { "; the first problem: \($0)" } ?? ""
        return "no usable skill in \(places)\(reason)"
    }
}
