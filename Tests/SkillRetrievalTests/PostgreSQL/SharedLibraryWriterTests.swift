import SkillCatalog
import Storage
import TestSupport
import Testing

@testable import SkillRetrieval

extension SharedLibrarySuite {
    @Suite("that several want to write")
    struct Writers {
        @Test("One writer is elected; the second says who holds the lock, and goes on once it is free")
        func election() async throws {
            try await SharedLibrarySuite.withBench { bench in
                let first = PostgreSQLWriter(of: "lib", in: bench.address, options: SharedWritingOptions())
                try await first.takeLock()
                let impatient = bench.indexer { $0.waiting = .milliseconds(50) }
                let source = ListSource(SharedLibrarySuite.skills(version: 1))
                let error = await #expect(throws: LibraryError.self) {
                    try await impatient.index([source], into: "lib", of: bench.address)
                }
                #expect(error?.kind == .busy)
                #expect(error?.message.contains("skillweaver index") == true)
                #expect(error?.message.contains("server process") == true)
                // Another library is another lock.
                _ = try await impatient.index([source], into: "other", of: bench.address)
                let told = Flag()
                async let waiting = impatient.index(
                    [source],
                    into: "lib",
                    of: bench.address,
                    mustWait: { message in Task { await told.raise(message) } }
                )
                let message = await told.raised()
                #expect(message.contains("skillweaver index"))
                await first.close()
                let report = try await waiting
                #expect(report.counts.added == 20)
            }
        }

        @Test("A writer that is killed in the middle leaves the generation before, and no lock")
        func killed() async throws {
            try await SharedLibrarySuite.withBench { bench in
                try await bench.publish(SharedLibrarySuite.skills(version: 1))
                let writer = PostgreSQLWriter(of: "lib", in: bench.address, options: SharedWritingOptions())
                try await writer.writeHalf()
                let process = try await writer.serverProcess()
                let before = try await bench.open()
                #expect(before.summary.generation == 1)
                try bench.connection().run("SELECT pg_terminate_backend($1::integer)", PostgreSQLValue(process))
                let report = try await bench.publish(SharedLibrarySuite.skills(version: 2))
                #expect(report.counts.changed == 20)
                let after = try await bench.open()
                #expect(after.summary.generation == 2)
                let ghosts = try bench.connection().query(
                    "SELECT count(*) FROM skillweaver_skills WHERE id = 'ghost'"
                ) { $0.int(0) }
                #expect(ghosts == [0])
            }
        }

        @Test("A writer that lost its turn to another one writes nothing")
        func overtaken() async throws {
            try await SharedLibrarySuite.withBench { bench in
                try await bench.publish(SharedLibrarySuite.skills(version: 1))
                let slow = PostgreSQLWriter(of: "lib", in: bench.address, options: SharedWritingOptions())
                let copy = LibraryLocation(folder: "\(bench.folder)/slow/lib")
                let revision = try await slow.prepare(copy)
                let process = try await slow.serverProcess()
                try bench.connection().run("SELECT pg_terminate_backend($1::integer)", PostgreSQLValue(process))
                try await bench.publish(SharedLibrarySuite.skills(version: 2))
                _ = try await LibraryIndexer(embedder: bench.embedder).index(
                    [ListSource(SharedLibrarySuite.skills(version: 3))],
                    into: copy
                )
                await #expect(throws: (any Error).self) { try await slow.publish(copy, from: revision) }
                let library = try await bench.open()
                let skill = try await library.skill("skill-2")
                #expect(skill?.description.hasSuffix("version2") == true)
            }
        }

        @Test("A connection that breaks between reading and publishing is replaced where nobody else wrote")
        func reconnecting() async throws {
            try await SharedLibrarySuite.withBench { bench in
                let writer = PostgreSQLWriter(of: "lib", in: bench.address, options: SharedWritingOptions())
                let copy = LibraryLocation(folder: "\(bench.folder)/copy/lib")
                let revision = try await writer.prepare(copy)
                _ = try await LibraryIndexer(embedder: bench.embedder).index(
                    [ListSource(SharedLibrarySuite.skills(version: 1))],
                    into: copy
                )
                let process = try await writer.serverProcess()
                try bench.connection().run("SELECT pg_terminate_backend($1::integer)", PostgreSQLValue(process))
                let published = try await writer.publish(copy, from: revision)
                #expect(published)
                let library = try await bench.open()
                #expect(library.summary.skillCount == 20)
            }
        }

        @Test("A source that fails leaves the generation before")
        func failingSource() async throws {
            struct Broken: Error {}
            try await SharedLibrarySuite.withBench { bench in
                try await bench.publish(SharedLibrarySuite.skills(version: 1))
                await #expect(throws: (any Error).self) {
                    try await bench.indexer().index(
                        [ListSource(SharedLibrarySuite.skills(version: 2), failingWith: Broken())],
                        into: "lib",
                        of: bench.address
                    )
                }
                let library = try await bench.open()
                #expect(library.summary.generation == 1)
                #expect(try await library.skill("skill-1")?.description.hasSuffix("version1") == true)
            }
        }
    }
}

extension PostgreSQLWriter {
    /// Changes rows and does not commit, like a writer that is in the middle of publishing.
    fileprivate func writeHalf() throws {
        let connection = try connection()
        try connection.execute("BEGIN")
        try connection.run(
            "UPDATE skillweaver_libraries SET generation = 99, revision = 'half' WHERE number = $1",
            PostgreSQLValue(library)
        )
        try connection.run("UPDATE skillweaver_skills SET died = 99, id = 'ghost'")
    }

    fileprivate func takeLock() throws { _ = try connection() }

    fileprivate func serverProcess() throws -> Int {
        try connection().query("SELECT pg_backend_pid()") { $0.int(0) }.first ?? 0
    }
}
