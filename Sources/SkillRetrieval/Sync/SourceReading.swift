import SkillCatalog
import Storage
import TextEmbedding

/// Reads sources into an update, one after the other.
struct SourceReading {
    let update: LibraryUpdate
    let indexer: LibraryIndexer
    let progress: @Sendable (IndexingProgress) -> Void
    var report = IndexingReport()
    private var done = 0
    private var pending: [PendingSkill] = []
    private var unchanged: [KnownRecords.Record] = []

    /// Skills whose texts are embedded together.
    private static let batchSize = 1_024

    init(update: LibraryUpdate, indexer: LibraryIndexer, progress: @escaping @Sendable (IndexingProgress) -> Void) {
        self.update = update
        self.indexer = indexer
        self.progress = progress
    }

    /// Reads one source; one that fails leaves the library's skills of it as they were.
    ///
    /// - Parameter isStrict: throws the fault of the source instead.
    mutating func read(_ list: SourceList, place: Int, isStrict: Bool) async throws {
        let source = list.sources[place]
        let start = (report: report, done: done)
        try await update.begin(place)
        do {
            do {
                try await read(source, since: try await update.knownRecords())
            } catch is ConflictingRecords {
                // Which record gets an id depends on the order of all: without short cuts it is as in a new library.
                try await update.restart()
                restart(start)
                try await read(source, since: KnownRecords())
            }
            try await update.end()
        } catch let error as SkillSourceError where !isStrict {
            restart(start)
            try await giveUp(place, list, error)
        }
        progress(IndexingProgress(skills: done, source: list.entries[place].name))
    }

    private mutating func restart(_ start: (report: IndexingReport, done: Int)) {
        (report, done) = start
        pending.removeAll()
        unchanged.removeAll()
    }

    private mutating func giveUp(_ place: Int, _ list: SourceList, _ error: SkillSourceError) async throws {
        let known = list.entries[place]
        let (kept, offers) = try await update.abandon()
        // A source that was never read is not remembered: its place may be a slip of the keyboard.
        if kept == 0, !update.before.sources.contains(where: { $0.location == known.location }) {
            await update.leaveOut(place)
        }
        for offer in offers {
            guard let number = offer.pending else { continue }
            try await take(PendingSkill(skill: offer.skill, number: number), source: known.name)
        }
        try await flush()
        report.failures.append(SourceFailure(source: known.name, error: error, keptSkills: kept))
    }

    private mutating func read(_ source: any SkillSource, since known: KnownRecords) async throws {
        // The reader drives; it hands over one record at a time, so memory stays bounded by the batch.
        try await source.read(since: known) { delivery in
            switch delivery {
            case .record(.diagnostic(let diagnostic), _): report.note(diagnostic)
            case .unchanged(let record):
                unchanged.append(record)
                done += 1
                if unchanged.count == Self.batchSize { try await keepUnchanged() }
            case .record(.skill(let skill), let stamp):
                try await keepUnchanged()
                let offer = try await update.offer(skill, stamp: stamp)
                offer.diagnostics.forEach { report.note($0) }
                done += 1
                guard let number = offer.pending else { return }
                try await take(PendingSkill(skill: offer.skill, number: number), source: source.name)
            }
        }
        try await keepUnchanged()
        try await flush()
    }

    private mutating func keepUnchanged() async throws {
        guard !unchanged.isEmpty else { return }
        try await update.keep(unchanged)
        unchanged.removeAll(keepingCapacity: true)
    }

    private mutating func take(_ skill: PendingSkill, source: String) async throws {
        pending.append(skill)
        guard pending.count == Self.batchSize else { return }
        try await flush()
        progress(IndexingProgress(skills: done, source: source))
    }

    private mutating func flush() async throws {
        guard !pending.isEmpty else { return }
        report.embeddedTexts += try await indexer.embed(pending, update: update)
        pending.removeAll()
    }
}
