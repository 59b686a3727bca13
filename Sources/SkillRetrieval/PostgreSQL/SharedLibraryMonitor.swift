import Storage

/// Notices that a shared library has a new generation, by asking the database now and then.
package actor SharedLibraryMonitor {
    private let store: PostgreSQLStore
    private let name: String
    private let interval: Duration
    private let clock = ContinuousClock()
    private var lastAsked: ContinuousClock.Instant?
    private var known: Int

    /// - Parameters:
    ///   - known: the generation that is open.
    ///   - interval: how often the database is asked at most.
    package init(_ name: String, in store: PostgreSQLStore, known: Int, interval: Duration = .seconds(1)) {
        self.name = name
        self.store = store
        self.known = known
        self.interval = interval
    }

    /// Whether there is a generation that was not there when this was asked last; no while the database cannot be asked.
    package func hasNews() async -> Bool {
        if let lastAsked, clock.now - lastAsked < interval { return false }
        lastAsked = clock.now
        let name = name
        let newest = try? await store.pool.read(isPatient: false) { connection in
            try connection.query("SELECT generation FROM skillweaver_libraries WHERE name = $1", .text(name)) {
                $0.int(0)
            }.first
        }
        guard let newest, newest != known else { return false }
        known = newest
        return true
    }
}
