import SkillCatalog
import Storage
import TestSupport
import Testing
import TextEmbedding

@testable import SkillRetrieval

extension SharedLibrarySuite {
    @Suite("where something is wrong")
    struct Faults {
        @Test("Connections that are cut are replaced without a word")
        func cut() async throws {
            try await SharedLibrarySuite.withBench { bench in
                try await bench.publish(SharedLibrarySuite.skills(version: 1))
                let library = try await bench.open()
                let other = try bench.connection()
                for _ in 0..<3 {
                    try other.run(
                        """
                        SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                        WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
                        """
                    )
                    let skill = try await library.skill("skill-3")
                    #expect(skill?.name == "skill-3")
                }
            }
        }

        @Test("A server that is too slow, a lock that is not given: an error of its own, and the next read works")
        func slow() async throws {
            try await SharedLibrarySuite.withBench { bench in
                try await bench.publish(SharedLibrarySuite.skills(version: 1))
                var settings = PostgreSQLPool.Settings()
                settings.patience.statement = 1
                let library = try await bench.open(in: PostgreSQLStore(bench.address, settings: settings))
                let other = try bench.connection()
                try other.execute("BEGIN; LOCK TABLE skillweaver_skills IN ACCESS EXCLUSIVE MODE")
                let error = await #expect(throws: StorageError.self) { try await library.skill("skill-3") }
                #expect(error?.kind == .busy)
                try other.execute("ROLLBACK")
                let skill = try await library.skill("skill-3")
                #expect(skill != nil)
            }
        }

        @Test("A read-only database is searched, and cannot be written")
        func readOnly() async throws {
            try await SharedLibrarySuite.withBench { bench in
                try await bench.publish(SharedLibrarySuite.skills(version: 1))
                let joint = PostgreSQLServer.text(of: bench.address).contains("?") ? "&" : "?"
                let address = try PostgreSQLAddress(
                    PostgreSQLServer.text(of: bench.address) + joint + "options=-c%20default_transaction_read_only%3Don"
                )
                let library = try await bench.open(in: PostgreSQLStore(address))
                let list = try await library.shortlist(
                    [SearchableLibraryContract.query("work on thing3")],
                    pool: 3,
                    filter: .everything,
                    weights: .standard
                )
                #expect(list[0].entries.count == 3)
                let error = await #expect(throws: StorageError.self) {
                    try await bench.indexer().index(
                        [ListSource(SharedLibrarySuite.skills(version: 2))],
                        into: "lib",
                        of: address
                    )
                }
                #expect(error?.kind == .readOnly)
            }
        }

        @Test("An empty database, an unknown library and another model are told apart")
        func missing() async throws {
            try await SharedLibrarySuite.withBench { bench in
                let empty = await #expect(throws: LibraryError.self) { try await bench.open() }
                #expect(empty?.kind == .notFound)
                let names = try await PostgreSQLStore(bench.address).libraryNames()
                #expect(names.isEmpty)
                try await bench.publish(SharedLibrarySuite.skills(version: 1))
                let unknown = await #expect(throws: LibraryError.self) { try await bench.open("lib2") }
                #expect(unknown?.kind == .notFound)
                let other = try Bench(
                    folder: bench.folder,
                    address: bench.address,
                    embedder: WordEmbedder(fingerprint: "words-2")
                )
                let model = await #expect(throws: LibraryError.self) { try await other.open() }
                #expect(model?.kind == .otherModel)
                let about = try await PostgreSQLStore(bench.address).about()
                #expect(about.hasPrefix("PostgreSQL 1") && about.hasSuffix("1 library"))
            }
        }

        @Test("An older schema is brought up to date by a writer and named to a reader; a newer one is refused")
        func schemas() async throws {
            try await SharedLibrarySuite.withBench { bench in
                try await bench.publish(SharedLibrarySuite.skills(version: 1))
                let connection = try bench.connection()
                let known = PostgreSQLSchema.migrations.steps.count
                try connection.run("UPDATE skillweaver_schema SET version = $1::integer", PostgreSQLValue(known + 1))
                for refused in [
                    await #expect(throws: StorageError.self) { try await bench.open() },
                    await #expect(throws: StorageError.self) {
                        try await bench.publish(SharedLibrarySuite.skills(version: 2))
                    },
                ] { #expect(refused?.kind == .newerVersion) }
                try connection.run("UPDATE skillweaver_schema SET version = $1::integer", PostgreSQLValue(known))
                let library = try await bench.open()
                #expect(library.summary.generation == 1)
                let later = PostgreSQLMigrations(part: "catalog", PostgreSQLSchema.migrations.steps + ["SELECT 1"])
                let older = #expect(throws: StorageError.self) { try later.check(connection) }
                #expect(older?.kind == .olderVersion)
                try later.apply(to: connection)
                let isCurrent = try later.check(connection)
                #expect(isCurrent)
            }
        }

        @Test("Statistics that are damaged are an error; the next publication mends them")
        func damage() async throws {
            try await SharedLibrarySuite.withBench { bench in
                try await bench.publish(SharedLibrarySuite.skills(version: 1))
                let connection = try bench.connection()
                try connection.run("UPDATE skillweaver_parts SET content = substr(content, 1, 100)")
                let error = await #expect(throws: LibraryError.self) { try await bench.open() }
                #expect(error?.kind == .damaged)
                try await bench.publish(SharedLibrarySuite.skills(version: 2))
                let library = try await bench.open()
                #expect(library.summary.generation == 2)
            }
        }

        @Test("Vectors of the wrong size or without a value are refused, and the generation before is served")
        func badVectors() async throws {
            try await SharedLibrarySuite.withBench { bench in
                try await bench.publish(SharedLibrarySuite.skills(version: 1))
                let library = try await bench.open()
                let short = RetrievalQuery(text: "thing3", vector: [1, 0])
                await #expect(throws: VectorIndexError.self) {
                    try await library.shortlist([short], pool: 3, filter: .everything, weights: .standard)
                }
                for damage in ["zeroblob(8)", "CAST(x'0000c07f' || substr(vector, 5) AS BLOB)"] {
                    let writer = PostgreSQLWriter(of: "lib", in: bench.address, options: SharedWritingOptions())
                    let copy = LibraryLocation(folder: "\(bench.folder)/damaged/lib")
                    let revision = try await writer.prepare(copy)
                    let skills = SharedLibrarySuite.skills(version: 2)
                    _ = try await LibraryIndexer(embedder: bench.embedder).index([ListSource(skills)], into: copy)
                    try SQLiteConnection(file: copy.catalog).execute(
                        "UPDATE entries SET vector = \(damage) WHERE number = (SELECT max(number) FROM entries)"
                    )
                    let error = await #expect(throws: StorageError.self) {
                        try await writer.publish(copy, from: revision)
                    }
                    #expect(error?.kind == .other)
                    await writer.close()
                    for file in ["catalog.sqlite", "catalog.sqlite-wal", "catalog.sqlite-shm"] {
                        FileSystem.remove("\(copy.folder)/\(file)")
                    }
                }
                let skill = try await bench.open().skill("skill-3")
                #expect(skill?.description.hasSuffix("version1") == true)
            }
        }

        @Test("A pool hands out no more connections than it may, and each reader gets its turn")
        func turns() async throws {
            try await SharedLibrarySuite.withBench { bench in
                var settings = PostgreSQLPool.Settings()
                settings.limit = 2
                settings.applicationName = "turns"
                let pool = PostgreSQLPool(to: bench.address, settings: settings)
                let counts = try await withThrowingTaskGroup(of: Int.self) { group in
                    for _ in 0..<12 {
                        group.addTask {
                            try await pool.read { connection in
                                try connection.query(
                                    "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'turns'"
                                ) { $0.int(0) }.first ?? 0
                            }
                        }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(counts.count == 12)
                #expect(counts.allSatisfy { (1...2).contains($0) })
            }
        }
    }
}
