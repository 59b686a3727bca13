import JSONSchema
import PlanComposition
import SkillCatalog
import Storage
import TestSupport
import Testing

@testable import PlanExecution

/// The tests of runs that share one PostgreSQL server; each has a database of its own.
@Suite("Runs in PostgreSQL", .postgreSQL, .enabled(if: PostgreSQLServer.isInstalled, PostgreSQLServer.absence))
struct SharedRunSuite {
    static func withBench(
        lease: Duration = .seconds(20),
        _ body: (WorkerBench) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { try await body(WorkerBench(folder: $0, lease: lease)) }
    }

    static func chain(_ count: Int, _ tool: String = "work") -> [PlanStep] {
        (1...count).map { RunHarness.step("s\($0)", tool, after: $0 > 1 ? ["s\($0 - 1)"] : []) }
    }
}

extension SharedRunSuite {
    @Test("The store keeps the contract")
    func contract() async throws {
        try await Self.withBench { try await RunStoreContract(store: $0.store()).check() }
    }

    @Test("One process drives a run as it does with a file, and another reads it")
    func driven() async throws {
        try await Self.withBench { bench in
            let harness = RunHarness(tools: [RunHarness.tool("work")], store: bench.store())
            harness.tools.on("work") { call, _ in ["key": .string(call.idempotencyKey), "zero": "a\0b"] }
            let state = try await harness.run(Self.chain(5))
            #expect(state.outcome == .succeeded)
            #expect(try await bench.store().state(of: "run-1") == state)
            #expect(try await bench.store().list(RunQuery()).map(\.phase) == [.succeeded])
        }
    }

    @Test("A schema of a newer version is refused and left alone")
    func newer() async throws {
        try await Self.withBench { bench in
            _ = try await bench.store().list(RunQuery())
            try bench.connection().execute("UPDATE skillweaver_schema SET version = 99 WHERE part = 'runs'")
            await #expect { _ = try await bench.store().list(RunQuery()) } throws: {
                ($0 as? RunStoreError)?.kind == .newerVersion
            }
        }
    }

    @Test("Many processes that meet an empty database at once make its tables once")
    func beginnings() async throws {
        try await Self.withBench { bench in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<6 { group.addTask { _ = try await bench.store().list(RunQuery()) } }
                try await group.waitForAll()
            }
        }
    }

    @Test("A wrong address is an error that says so, without the password")
    func unreachable() async throws {
        let store = PostgreSQLRunStore(try PostgreSQLAddress("postgres://me:secret@127.0.0.1:1/none"))
        await #expect { _ = try await store.list(RunQuery()) } throws: { error in
            (error as? RunStoreError)?.kind == .unavailable && !"\(error)".contains("secret")
        }
    }

    @Test("Sessions that the server ends are replaced, and nothing is written twice")
    func lostSessions() async throws {
        try await Self.withBench { bench in
            let harness = RunHarness(tools: [RunHarness.tool("work")], store: bench.store())
            harness.tools.on("work") { _, _ in
                try bench.connection().execute(
                    """
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE datname = current_database() AND pid <> pg_backend_pid()
                    """
                )
                return .null
            }
            let state = try await harness.run(Self.chain(4))
            #expect(state.outcome == .succeeded)
            #expect(harness.tools.calls.count == 4)
        }
    }

    @Test("Who drives a run keeps it; whose lease ended cannot write, and workers take over")
    func fencing() async throws {
        try await Self.withBench { bench in
            let harness = RunHarness(tools: [RunHarness.tool("work")], store: bench.store())
            let run = try await harness.create(Self.chain(2))
            let claim = try await harness.store.claim(run, as: "first")
            // As if the process had been stopped for longer than its lease.
            try bench.connection().execute("UPDATE skillweaver_run_tasks SET due = now() - interval '1 s'")
            let second = try await bench.store().claim(run, as: "second")
            await #expect { try await harness.drive(run) } throws: { ($0 as? RunStoreError)?.kind == .busy }
            #expect(harness.tools.calls.isEmpty)
            await claim.release()
            // The release of the first did not touch what the second has.
            await #expect(throws: RunStoreError.self) { _ = try await bench.store().claim(run, as: "third") }
            await second.release()
        }
    }
}
