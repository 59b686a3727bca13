import SkillCatalog

/// Decides what a watch does: which sources to read when, and what to tell.
///
/// At first it waits until every source is watched; then everything is read. Later only what changed is read, and what
/// failed is read again after a pause. Time is counted from any fixed moment and comes in as a value.
struct WatchState: Sendable {
    /// Sources to read in one update.
    struct Due: Sendable, Hashable {
        var places: Set<Int>
        /// Whether the whole library is brought in step, also with sources it no longer has.
        var isAll: Bool
    }

    enum Outcome: Sendable {
        case done(IndexingReport)
        /// None of the library's sources could be read.
        case unreadable(SkillSourceError)
        case failed(String)
    }

    private let sourceCount: Int
    private var unwatched: Set<Int>
    private var changed: Set<Int>
    private var hasReadAll = false
    private var isFirst = true
    /// Sources that cannot be read, as far as that was told.
    private var unreadable: Set<Int> = []
    private var retries: [Int: RetrySchedule] = [:]
    private var lastFailure: String?
    private var failedUpdate = RetrySchedule(first: .seconds(1), longest: .seconds(60))

    init(sourceCount: Int) {
        self.sourceCount = sourceCount
        unwatched = Set(0..<sourceCount)
        changed = unwatched
    }

    /// Takes what a source told; what to tell the user, if anything.
    mutating func note(_ change: SourceChange, of place: Int, name: String) -> LibraryWatch.Event? {
        switch change {
        case .watching:
            unwatched.remove(place)
            return nil
        case .changed:
            changed.insert(place)
            return nil
        case .back:
            changed.insert(place)
            retries[place] = nil
            return nil
        case .slower(let message): return .slower(source: name, message: message)
        case .unreadable(let message):
            changed.remove(place)
            return unreadable.insert(place).inserted && hasReadAll ? .unreadable(source: name, message: message) : nil
        }
    }

    /// What to read now, if anything.
    mutating func takeDue(at now: Duration) -> Due? {
        guard unwatched.isEmpty else { return nil }
        guard hasReadAll else {
            changed.removeAll()
            return Due(places: Set(0..<sourceCount), isAll: true)
        }
        var due = changed
        for (place, retry) in retries where retry.isDue(at: now) { due.insert(place) }
        changed.removeAll()
        return due.isEmpty ? nil : Due(places: due, isAll: false)
    }

    /// Takes what an update came to; what to tell the user.
    mutating func finish(
        _ due: Due,
        _ outcome: Outcome,
        sources: [any SkillSource],
        took: Duration,
        at now: Duration
    ) -> [LibraryWatch.Event] {
        switch outcome {
        case .failed(let message):
            changed.formUnion(due.places)
            failedUpdate.failed(at: now)
            defer { lastFailure = message }
            return message == lastFailure ? [] : [.failed(message: message)]
        case .unreadable(let error):
            return conclude(due, failures: due.places.map { ($0, "\(error)") }, sources, now)
        case .done(let report):
            var events: [LibraryWatch.Event] = []
            let failures = report.failures.compactMap { failure in
                due.places.first {
                    sources[$0].location == failure.error.location || sources[$0].name == failure.source
                }
                .map { ($0, "\(failure)") }
            }
            events += conclude(due, failures: failures, sources, now)
            if isFirst || !report.counts.isEmpty { events.append(.updated(report, seconds: took / .seconds(1))) }
            isFirst = false
            return events
        }
    }

    /// When the next attempt is due; nil when nothing failed.
    var nextRetry: Duration? { (retries.values.map(\.due) + [failedUpdate.due]).compactMap(\.self).min() }

    private mutating func conclude(
        _ due: Due,
        failures: [(place: Int, message: String)],
        _ sources: [any SkillSource],
        _ now: Duration
    ) -> [LibraryWatch.Event] {
        failedUpdate.succeeded()
        lastFailure = nil
        var events: [LibraryWatch.Event] = []
        let failed = Set(failures.map(\.place))
        for place in due.places.sorted() where !failed.contains(place) {
            retries[place] = nil
            if unreadable.remove(place) != nil, hasReadAll { events.append(.back(source: sources[place].name)) }
        }
        for failure in failures {
            retries[failure.place, default: RetrySchedule(first: .seconds(1), longest: .seconds(60))].failed(at: now)
            let isNews = unreadable.insert(failure.place).inserted || !hasReadAll
            if isNews { events.append(.unreadable(source: sources[failure.place].name, message: failure.message)) }
        }
        hasReadAll = true
        return events
    }
}
