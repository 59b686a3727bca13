public import SkillCatalog
import Storage
public import TextEmbedding

/// Brings a library in step with its sources: embeds what is new or changed, drops what is gone.
///
/// Everything happens in one update. If a source fails, the disk fills up or the task is cancelled, the library stays
/// exactly as it was.
public struct LibraryIndexer: Sendable {
    private let embedder: any Embedder
    private var encoder: EntryEncoder { EntryEncoder(embedder: embedder) }
    /// Skills whose texts are embedded together.
    private static let batchSize = 1_024

    public init(embedder: any Embedder) {
        self.embedder = embedder
    }

    /// Indexes sources into a library, replacing what was there before.
    ///
    /// - Parameter progress: called after every batch, with the number of skills done so far.
    /// - Throws: `SkillSourceError` for a source that cannot be read, `LibraryError.nothingToIndex` when no source
    ///   holds a usable skill, `StorageError` for the library's own files.
    public func index(
        _ sources: [any SkillSource],
        into location: LibraryLocation,
        progress: @Sendable (IndexingProgress) -> Void = { _ in }
    ) async throws -> IndexingReport {
        let update = try LibraryUpdate(at: location, modelFingerprint: EntryEncoder.fingerprint(embedder.model))
        do {
            let report = try await run(sources, update: update, progress: progress)
            return report
        } catch {
            await update.rollBack()
            throw error
        }
    }

    private func run(
        _ sources: [any SkillSource],
        update: LibraryUpdate,
        progress: @Sendable (IndexingProgress) -> Void
    ) async throws -> IndexingReport {
        var report = IndexingReport()
        var pending: [PendingSkill] = []
        var done = 0
        for source in sources {
            // The reader drives; it hands over one record at a time, so memory stays bounded by the batch.
            try await source.read { record in
                switch record {
                case .diagnostic(let diagnostic): report.note(diagnostic)
                case .skill(let skill):
                    let offer = try await update.offer(skill)
                    offer.diagnostics.forEach { report.note($0) }
                    if let number = offer.pending { pending.append(PendingSkill(skill: offer.skill, number: number)) }
                    done += 1
                    if pending.count == Self.batchSize {
                        report.embeddedTexts += try await embed(pending, update: update)
                        pending.removeAll()
                        progress(IndexingProgress(skills: done, source: source.name))
                    }
                }
            }
        }
        report.embeddedTexts += try await embed(pending, update: update)
        progress(IndexingProgress(skills: done, source: sources.last?.name ?? ""))
        guard done > 0 else {
            throw LibraryError(.nothingToIndex, Self.nothingMessage(sources, report.diagnostics))
        }
        try await update.removeUnseen()
        report.counts = await update.counts
        if report.counts.isEmpty {
            await update.rollBack()
        } else {
            try await publish(update, sources: sources)
        }
        return report
    }

    /// Encodes the texts of skills, reusing the encodings of texts that did not change, and stores them.
    private func embed(_ skills: [PendingSkill], update: LibraryUpdate) async throws -> Int {
        var texts: [IndexedText] = []
        var known: [[UInt8]: TextEncoding] = [:]
        for skill in skills {
            let stored = try await update.storedEncodings(of: skill.number)
            known.merge(stored) { first, _ in first }
            texts += skill.texts.map(\.text).filter { known[EntryEncoder.hash(of: $0)] == nil }
        }
        for (text, encoding) in zip(texts, try await encoder.encode(texts)) {
            known[EntryEncoder.hash(of: text)] = encoding
        }
        for skill in skills {
            let entries = skill.texts.compactMap { text in
                let hash = EntryEncoder.hash(of: text.text)
                return known[hash].map { NewEntry(tool: text.tool, text: text.text, hash: hash, encoding: $0) }
            }
            try await update.store(entries, of: skill.number)
        }
        return texts.count
    }

    /// Writes the vector index of the new generation, then makes the generation visible.
    private func publish(_ update: LibraryUpdate, sources: [any SkillSource]) async throws {
        let location = update.location
        let file = location.vectors(generation: update.generation)
        let index = try await VectorIndexBuilder.build(dimensions: embedder.model.dimensions) { number, limit in
            try await update.vectors(after: number, limit: limit)
        }
        try await index.write(to: file)
        do {
            try await update.commit(
                sources: sources.map { LibrarySummary.Source(name: $0.name, location: $0.location) },
                modelName: embedder.model.name,
                modelFingerprint: EntryEncoder.fingerprint(embedder.model),
                dimensions: embedder.model.dimensions
            )
        } catch {
            FileSystem.remove(file)
            throw error
        }
        location.removeStaleVectors(keeping: update.generation)
    }

    private static func nothingMessage(_ sources: [any SkillSource], _ diagnostics: [Diagnostic]) -> String {
        let places = sources.map(\.location).joined(separator: ", ")
        let reason = diagnostics.first.map { "; the first problem: \($0)" } ?? ""
        return "no usable skill in \(places)\(reason)"
    }
}

/// A stored skill whose vectors are still to be made.
private struct PendingSkill {
    var skill: Skill
    var number: Int64

    /// What is indexed: the skill as a whole, then each of its tools.
    var texts: [(tool: String?, text: IndexedText)] {
        [(nil, skill.indexedText)] + skill.indexedTools.map { ($0.name, skill.indexedText(of: $0)) }
    }
}
