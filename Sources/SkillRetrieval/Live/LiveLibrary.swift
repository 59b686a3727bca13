package import SkillCatalog
package import TextEmbedding

/// A library that follows its updates while it is searched.
///
/// `current` hands out one generation whole, which its user keeps for a request; a newer one is opened in the background
/// and handed out from then on. While a new generation cannot be opened, because its files are damaged or were made with
/// another model, the last good one is served.
///
/// - Parameter Generation: what is made of one generation of the library, by default the library opened for search.
package actor LiveLibrary<Generation: Sendable> {
    /// What is served.
    private var held: Generation
    private let open: @Sendable (Generation?) async throws -> Generation
    private let hasNews: @Sendable () async -> Bool
    private var loading: Task<Void, Never>?
    private var hasPendingNews = false
    private var retry = RetrySchedule(first: .seconds(1), longest: .seconds(60))
    /// Why the newest generation is not served; nil while it is.
    package private(set) var problem: String?

    private let clock = ContinuousClock()
    private let start = ContinuousClock.now

    /// Opens the last generation of a library.
    ///
    /// - Parameter open: opens the newest generation, given the one before; called again for each later one.
    package init(
        _ location: LibraryLocation,
        open: @escaping @Sendable (Generation?) async throws -> Generation
    ) async throws {
        let monitor = LibraryMonitor(location)
        // Asked before the library is opened: what is committed in between is noticed the next time.
        _ = await monitor.hasNews()
        self.init(opened: try await open(nil), hasNews: { await monitor.hasNews() }, open: open)
    }

    /// Follows a library that was opened already.
    ///
    /// - Parameter number: the generation that was opened.
    package init(
        _ location: LibraryLocation,
        opened: Generation,
        number: Int,
        open: @escaping @Sendable (Generation?) async throws -> Generation
    ) async {
        let monitor = LibraryMonitor(location)
        _ = await monitor.hasNews()
        self.init(opened: opened, hasNews: { await monitor.hasNews() }, open: open)
        hasPendingNews = (try? await SkillLibrary(at: location).summary().generation) != number
    }

    /// Follows a library that was opened already.
    ///
    /// - Parameter hasNews: whether there is another generation than the last time this was asked.
    package init(
        opened: Generation,
        hasNews: @escaping @Sendable () async -> Bool,
        open: @escaping @Sendable (Generation?) async throws -> Generation
    ) {
        held = opened
        self.open = open
        self.hasNews = hasNews
    }

    /// The newest generation that is ready, without waiting for one that is not.
    package func current() async -> Generation {
        await look()
        return held
    }

    /// The newest generation there is, waiting until it is open.
    package func newest() async -> Generation {
        await look()
        await loading?.value
        return held
    }

    /// The newest generation there is, opened again whatever is known of news.
    package func reopened() async -> Generation {
        hasPendingNews = true
        return await newest()
    }

    /// Looks for news from time to time until cancelled, so that an idle process does not hold on to an old generation.
    package func follow(every interval: Duration = .seconds(2)) async {
        while (try? await clock.sleep(for: interval)) != nil { await look() }
    }

    private func look() async {
        if await hasNews() { hasPendingNews = true }
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
                let opened = try await open(held)
                problem = nil
                retry.succeeded()
                held = opened
            } catch {
                problem = "\(error)"
                retry.failed(at: start.duration(to: clock.now))
                return
            }
            // What was committed while it was being opened.
            if await hasNews() { hasPendingNews = true }
        } while hasPendingNews
    }
}

extension LiveLibrary where Generation == IndexedLibrary {
    /// Opens the last generation of a library for search.
    package init(_ location: LibraryLocation, for model: EmbeddingModel) async throws {
        try await self.init(location) { try await IndexedLibrary.open(location, for: model, reusing: $0) }
    }
}
