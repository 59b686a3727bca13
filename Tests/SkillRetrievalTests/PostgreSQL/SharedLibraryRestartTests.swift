import SkillCatalog
import Storage
import TestSupport
import Testing

@testable import SkillRetrieval

/// Has a server to itself, which it restarts.
@Suite(
    "A shared library whose server restarts",
    .postgreSQL,
    .serialized,
    .enabled(if: PostgreSQLServer.isInstalled, PostgreSQLServer.absence)
)
struct SharedLibraryRestartTests {
    @Test("Two routers and a sync go on: no answer is an error or of two generations, no update is lost")
    func restarts() async throws {
        let server = try #require(PostgreSQLServer.current)
        try await SharedLibrarySuite.withBench { bench in
            try await bench.publish(SharedLibrarySuite.skills(version: 1))
            let rounds = 4
            let done = Flag()
            let answers = try await withThrowingTaskGroup(of: Int.self) { group in
                group.addTask {
                    for version in 2...rounds {
                        if version.isMultiple(of: 2) { try await server.restart() }
                        _ = try await bench.indexer { $0.reconnects = Self.patient.reconnects }.index(
                            [ListSource(SharedLibrarySuite.skills(version: version))],
                            into: "lib",
                            of: bench.address
                        )
                    }
                    await done.raise()
                    return 0
                }
                for _ in 0..<2 {
                    let store = PostgreSQLStore(bench.address, settings: Self.patient)
                    group.addTask {
                        let live = try await Self.live(bench, store)
                        var answers = 0
                        repeat {
                            try await Self.checkOneGeneration(await live.current())
                            answers += 1
                        } while await !done.isRaised
                        #expect(try await live.reopened().skill("skill-3")?.description.hasSuffix("version4") == true)
                        return answers
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.filter { $0 > 1 }.count == 2)
        }
    }

    @Test("A restart in the middle of publishing: the whole update is done again")
    func publishing() async throws {
        let server = try #require(PostgreSQLServer.current)
        try await SharedLibrarySuite.withBench { bench in
            try await bench.publish(SharedLibrarySuite.skills(version: 1))
            let writer = PostgreSQLWriter(of: "lib", in: bench.address, options: SharedWritingOptions())
            let copy = bench.indexer().copy(of: "lib", in: bench.address)
            let revision = try await writer.prepare(copy)
            let indexer = LibraryIndexer(embedder: bench.embedder)
            _ = try await indexer.index([ListSource(SharedLibrarySuite.skills(version: 2))], into: copy)
            try await server.restart()
            #expect(try await writer.publish(copy, from: revision))
            #expect(try await bench.open().summary.generation == 2)
        }
    }

    /// A server of a busy machine may need long to be back.
    private static var patient: PostgreSQLPool.Settings {
        var settings = PostgreSQLPool.Settings()
        settings.reconnects.attempts = 60
        settings.reconnects.firstAttempts = 60
        return settings
    }

    private static func live(
        _ bench: SharedLibrarySuite.Bench,
        _ store: PostgreSQLStore
    ) async throws -> LiveLibrary<PostgreSQLLibrary> {
        let first = try await bench.open(in: store)
        let monitor = SharedLibraryMonitor("lib", in: store, known: first.summary.generation, interval: .zero)
        return LiveLibrary(opened: first, hasNews: { await monitor.hasNews() }) { _ in try await bench.open(in: store) }
    }

    private static func checkOneGeneration(_ library: PostgreSQLLibrary) async throws {
        let names = try await library.skillNames()
        let skills = try await library.skills(names.map(\.id))
        #expect(skills.count == library.summary.skillCount)
        #expect(Set(skills.values.map { $0.description.split(separator: " ").last }).count == 1)
    }
}
