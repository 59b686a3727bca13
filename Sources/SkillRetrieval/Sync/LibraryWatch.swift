public import SkillCatalog

/// Keeps a library in step with its sources until it is cancelled.
///
/// The sources tell of changes; those that came while an update ran are taken together in the next one. What fails is
/// tried again after pauses of 1 to 60 seconds, and at once when the source changes.
public struct LibraryWatch: Sendable {
    /// What happened while watching.
    public enum Event: Sendable {
        /// The library was brought in step; says what that took.
        case updated(IndexingReport, seconds: Double)
        /// A source is gone or cannot be read; what the library had of it is kept.
        case unreadable(source: String, message: String)
        /// A source can be read again.
        case back(source: String)
        /// Changes of a source are noticed later than they could be.
        case slower(source: String, message: String)
        /// An update failed, and the library is as it was before.
        case failed(message: String)
    }

    private let indexer: LibraryIndexer
    private let pace: WatchPace

    public init(indexer: LibraryIndexer, pace: WatchPace = WatchPace()) {
        self.indexer = indexer
        self.pace = pace
    }

    /// Brings the library in step now and after every change, and tells what happened.
    ///
    /// - Throws: `LibraryError.busy` where another process changes the library, `CancellationError` when cancelled, and
    ///   what `tell` throws.
    public func run(
        _ sources: [any SkillSource],
        of location: LibraryLocation,
        options: IndexingOptions = IndexingOptions(),
        tell: @Sendable (Event) async throws -> Void
    ) async throws {
        var options = options
        options.lock = try await LibraryLock.acquire(location, holder: options.holder, patience: options.patience)
        let inbox = WatchInbox()
        try await withThrowingTaskGroup(of: Void.self) { group in
            defer { group.cancelAll() }
            for (place, source) in sources.enumerated() {
                group.addTask {
                    for await change in source.changes(pace) { inbox.put(change, of: place) }
                    // A source that cannot tell of changes is read once.
                    inbox.put(.watching, of: place)
                }
            }
            var state = WatchState(sourceCount: sources.count)
            let clock = ContinuousClock()
            let start = clock.now
            for await _ in inbox.bell {
                for (place, change) in inbox.take() {
                    if let event = state.note(change, of: place, name: sources[place].name) { try await tell(event) }
                }
                let begun = start.duration(to: clock.now)
                guard let due = state.takeDue(at: begun) else { continue }
                options.onlySources = due.isAll ? nil : due.places
                let outcome: WatchState.Outcome
                do {
                    outcome = .done(try await indexer.index(sources, into: location, options: options))
                } catch let error as SkillSourceError {
                    // Of a library that never was there is nothing to keep.
                    guard try await hasGeneration(location) else { throw error }
                    outcome = .unreadable(error)
                } catch is CancellationError {
                    throw CancellationError()
                } catch {
                    outcome = .failed("\(error)")
                }
                let ended = start.duration(to: clock.now)
                if case .done(let report) = outcome, !report.counts.isEmpty {
                    _ = try? await indexer.maintain(location, options: options)
                }
                for event in state.finish(due, outcome, sources: sources, took: ended - begun, at: ended) {
                    try await tell(event)
                }
                if let retry = state.nextRetry {
                    group.addTask {
                        try? await clock.sleep(until: start.advanced(by: retry))
                        inbox.ring()
                    }
                }
            }
            throw CancellationError()
        }
    }

    private func hasGeneration(_ location: LibraryLocation) async throws -> Bool {
        guard location.exists else { return false }
        return try await SkillLibrary(at: location).summary().generation > 0
    }
}
