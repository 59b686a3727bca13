/// Keeps runs and their journals, for one process or for many.
///
/// What a method has returned from is durable. Every store passes one contract test suite.
package protocol RunStore: Sendable {
    /// Keeps a new run.
    ///
    /// - Throws: `RunStoreError.exists` where one of that id is there.
    func create(_ definition: RunDefinition) async throws(RunStoreError)

    /// Appends transitions to a journal: all of them, or none.
    ///
    /// - Parameters:
    ///   - expected: sequence of the last entry the writer knows; 0 for an empty journal.
    ///   - phase: what lists say of the run from now on; nil for no change.
    /// - Throws: `RunStoreError.conflict` when the journal has grown since.
    func append(
        _ transitions: [RunTransition],
        to run: String,
        after expected: Int,
        at time: RunTime,
        phase: RunPhase?
    ) async throws(RunStoreError)

    /// What a run is to do.
    func definition(of run: String) async throws(RunStoreError) -> RunDefinition

    /// Entries after a sequence, oldest first, at most `limit`.
    func entries(of run: String, after sequence: Int, limit: Int) async throws(RunStoreError) -> [JournalEntry]

    /// Runs, newest first.
    func list(_ query: RunQuery) async throws(RunStoreError) -> [RunSummary]

    /// Forgets a run and its journal.
    func delete(_ run: String) async throws(RunStoreError)

    /// Takes the right to drive a run, for as long as the claim is kept; it ends with the process, however that ends.
    ///
    /// - Throws: `RunStoreError.busy` where another process has it.
    func claim(_ run: String, as owner: String) async throws(RunStoreError) -> any RunClaim
}

/// The right to drive a run, given back when it is released or nobody keeps it.
package protocol RunClaim: Sendable {
    func release() async
}

/// Which runs a list shows.
package struct RunQuery: Sendable, Hashable {
    /// Nil for all.
    package var phases: Set<RunPhase>?
    /// Only runs created before this moment.
    package var createdBefore: RunTime?
    /// At most so many.
    package var limit: Int
    /// Goes on behind the run of this id, for the next page.
    package var after: String?

    package init(phases: Set<RunPhase>? = nil, createdBefore: RunTime? = nil, limit: Int = 20, after: String? = nil) {
        self.phases = phases
        self.createdBefore = createdBefore
        self.limit = limit
        self.after = after
    }
}

/// One run in a list.
public struct RunSummary: Sendable, Hashable {
    /// What `resume` takes.
    public var id: String
    /// When the run was made.
    public var createdAt: RunTime
    /// Time of the last transition; that of the creation where there is none.
    public var updatedAt: RunTime
    /// How far it is.
    public var phase: RunPhase
    /// The request the plan was made for.
    public var request: String
    /// How many steps the plan has.
    public var steps: Int

    public init(
        id: String,
        createdAt: RunTime,
        updatedAt: RunTime,
        phase: RunPhase,
        request: String,
        steps: Int
    ) {
        self.id = id
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.phase = phase
        self.request = request
        self.steps = steps
    }
}

extension RunStore {
    /// The state of a run by its whole journal, read in pieces.
    package func state(of run: String) async throws(RunStoreError) -> RunState {
        var state = RunState(try await definition(of: run))
        try await refresh(&state)
        return state
    }

    /// Takes in what was appended since, and returns it.
    @discardableResult
    package func refresh(_ state: inout RunState) async throws(RunStoreError) -> [JournalEntry] {
        var news: [JournalEntry] = []
        while true {
            let entries = try await entries(of: state.definition.id, after: state.sequence, limit: 1_000)
            for entry in entries { try state.apply(entry) }
            news += entries
            if entries.count < 1_000 { return news }
        }
    }
}
