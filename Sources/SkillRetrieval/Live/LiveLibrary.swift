package import SkillCatalog
package import TextEmbedding

/// A library that follows its updates while it is searched.
///
/// `current` hands out one generation whole, which its user keeps for a request; a newer one is opened in the background
/// and handed out from then on. While a new generation cannot be opened, because its files are damaged or were made with
/// another model, the last good one is served.
package actor LiveLibrary {
    /// The generation that is served.
    private var held: IndexedLibrary
    private let model: EmbeddingModel
    private let monitor: LibraryMonitor
    private var loading: Task<Void, Never>?
    private var hasPendingNews = false
    private var retry = RetrySchedule(first: .seconds(1), longest: .seconds(60))
    /// Why the newest generation is not served; nil while it is.
    package private(set) var problem: String?

    private let clock = ContinuousClock()
    private let start = ContinuousClock.now

    /// Opens the last generation of a library.
    package init(_ location: LibraryLocation, for model: EmbeddingModel) async throws {
        let monitor = LibraryMonitor(location)
        // Asked before the library is opened: what is committed in between is noticed the next time.
        _ = await monitor.hasNews()
        self.init(try await IndexedLibrary.open(location, for: model), model: model, monitor: monitor)
    }

    /// Follows a library that was opened already.
    package init(_ opened: IndexedLibrary, model: EmbeddingModel) {
        self.init(opened, model: model, monitor: LibraryMonitor(opened.library.location))
    }

    private init(_ opened: IndexedLibrary, model: EmbeddingModel, monitor: LibraryMonitor) {
        held = opened
        self.model = model
        self.monitor = monitor
    }

    /// The newest generation that is ready, without waiting for one that is not.
    package func current() async -> IndexedLibrary {
        await look()
        return held
    }

    /// The newest generation there is, waiting until it is open.
    package func newest() async -> IndexedLibrary {
        await look()
        await loading?.value
        return held
    }

    /// Looks for news from time to time until cancelled, so that an idle process does not hold on to an old generation.
    package func follow(every interval: Duration = .seconds(2)) async {
        while (try? await clock.sleep(for: interval)) != nil { await look() }
    }

    private func look() async {
        if await monitor.hasNews() { hasPendingNews = true }
        let isRetryDue = retry.isDue(at: start.duration(to: clock.now))
        guard hasPendingNews || isRetryDue, loading == nil else { return }
        // Bounded by the openings of what is there; nobody has to wait for it, requests go on with the last generation.
        loading = Task { await load() }
    }

    private func load() async {
        defer { loading = nil }
        repeat {
            hasPendingNews = false
            do {
                let opened = try await IndexedLibrary.open(held.library.location, for: model)
                problem = nil
                retry.succeeded()
                held = opened
            } catch {
                problem = "\(error)"
                retry.failed(at: start.duration(to: clock.now))
                return
            }
            // What was committed while it was being opened.
            if await monitor.hasNews() { hasPendingNews = true }
        } while hasPendingNews
    }
}
