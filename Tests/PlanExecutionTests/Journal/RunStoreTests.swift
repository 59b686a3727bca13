import JSONSchema
import PlanComposition
import PlanExecution
import SkillCatalog
import Storage
import TestSupport
import Testing

@Suite("Stores of runs")
struct RunStoreTests {
    @Test("The store in memory keeps the contract")
    func memory() async throws { try await RunStoreContract(store: MemoryRunStore()).check() }

    @Test("The store in SQLite keeps the contract")
    func sqlite() async throws {
        try await withTemporaryFolder { folder in
            try await RunStoreContract(store: SQLiteRunStore(file: "\(folder)/runs.sqlite")).check()
        }
    }

    @Test("What one process wrote, another reads and goes on with")
    func twoProcesses() async throws {
        try await withTemporaryFolder { folder in
            let file = "\(folder)/runs.sqlite"
            let first = RunHarness(
                tools: [RunHarness.tool("work"), Tool(name: "wipe", description: "")],
                store: try SQLiteRunStore(file: file)
            )
            first.tools.on("work") { _, _ in ["n": 41] }
            let run = try await first.create([
                RunHarness.step("s1", "work"),
                RunHarness.step("s2", "wipe", after: ["s1"], arguments: ["n": ["$from": "s1", "path": "/n"]]),
            ])
            try await first.drive(run)

            let second = RunHarness(tools: [], store: try SQLiteRunStore(file: file))
            let state = try await second.drive(run, [.answered(TaskID(step: "s2"), .approve, by: "me")])
            #expect(state.outcome == .succeeded)
            #expect(second.tools.calls.map(\.tool.name) == ["wipe"])
            #expect(second.tools.calls.map(\.arguments) == [["n": 41]])
            #expect(try await second.store.state(of: run) == state)
        }
    }

    @Test("A journal of a newer version is refused and left alone")
    func newer() async throws {
        try await withTemporaryFolder { folder in
            let file = "\(folder)/runs.sqlite"
            _ = try SQLiteRunStore(file: file)
            let connection = try SQLiteConnection(file: file)
            try connection.execute("PRAGMA user_version = 99")
            #expect { try SQLiteRunStore(file: file) } throws: { ($0 as? RunStoreError)?.kind == .newerVersion }
        }
    }

    @Test("A run in a newer form, and a damaged entry, are named errors")
    func damaged() async throws {
        try await withTemporaryFolder { folder in
            let file = "\(folder)/runs.sqlite"
            let harness = RunHarness(tools: [RunHarness.tool("work")], store: try SQLiteRunStore(file: file))
            let run = try await harness.create([RunHarness.step("s1", "work")])
            try await harness.drive(run)
            let connection = try SQLiteConnection(file: file)
            for body in ["{", "{}", #"{"kind":"unheard_of"}"#, #"{"kind":"failed","step":"s1"}"#] {
                try connection.run("UPDATE transitions SET body = ? WHERE sequence = 3", .text(body))
                await #expect { _ = try await harness.store.state(of: run) } throws: {
                    ($0 as? RunStoreError)?.kind == .damaged
                }
            }
            try connection.execute("UPDATE runs SET format = 99")
            await #expect { _ = try await harness.store.state(of: run) } throws: {
                ($0 as? RunStoreError)?.kind == .newerVersion
            }
        }
    }

    @Test("A full disk stops the run with its own error; what was written stays, and resuming finishes the run")
    func fullDisk() async throws {
        try await withTemporaryFolder { folder in
            let store = FillingStore(inner: MemoryRunStore(), capacity: 4)
            let harness = RunHarness(tools: [RunHarness.tool("work")], store: store)
            let run = try await harness.create(
                (1...5).map { number in
                    RunHarness.step("s\(number)", "work", after: number > 1 ? ["s\(number - 1)"] : [])
                }
            )
            await #expect { try await harness.drive(run) } throws: { ($0 as? RunStoreError)?.kind == .diskFull }
            let before = harness.tools.calls.count
            await store.enlarge()
            let state = try await harness.drive(run)
            #expect(state.outcome == .succeeded)
            // The call whose end could not be written is read-only, so it may be made again; no other is.
            #expect(harness.tools.calls.count <= before + 5 - before + 1)
            #expect(folder.isEmpty == false)
        }
    }
}

/// A store on a disk that becomes full.
actor FillingStore: RunStore {
    private let inner: MemoryRunStore
    private var capacity: Int

    init(inner: MemoryRunStore, capacity: Int) {
        self.inner = inner
        self.capacity = capacity
    }

    func enlarge() { capacity = .max }

    func create(_ definition: RunDefinition) async throws(RunStoreError) { try await inner.create(definition) }

    func append(
        _ transitions: [RunTransition],
        to run: String,
        after expected: Int,
        at time: RunTime,
        phase: RunPhase?
    ) async throws(RunStoreError) {
        guard expected + transitions.count <= capacity else { throw RunStoreError(.diskFull, "the disk is full") }
        try await inner.append(transitions, to: run, after: expected, at: time, phase: phase)
    }

    func definition(of run: String) async throws(RunStoreError) -> RunDefinition {
        try await inner.definition(of: run)
    }

    func entries(of run: String, after sequence: Int, limit: Int) async throws(RunStoreError) -> [JournalEntry] {
        try await inner.entries(of: run, after: sequence, limit: limit)
    }

    func list(_ query: RunQuery) async throws(RunStoreError) -> [RunSummary] { try await inner.list(query) }
    func delete(_ run: String) async throws(RunStoreError) { try await inner.delete(run) }

    func claim(_ run: String, as owner: String) async throws(RunStoreError) -> any RunClaim {
        try await inner.claim(run, as: owner)
    }
}
