import SkillCatalog
import Storage
import TestSupport
import Testing
import TextEmbedding

@testable import SkillRetrieval

extension SharedLibrarySuite {
    @Suite("that changes")
    struct Updates {
        @Test("A generation stays readable, whole, while newer ones are published")
        func pinned() async throws {
            try await SharedLibrarySuite.withBench { bench in
                try await bench.publish(SharedLibrarySuite.skills(version: 1))
                let first = try await bench.open()
                #expect(try await !first.hasNews())
                try await bench.publish(SharedLibrarySuite.skills(version: 2, count: 25))
                #expect(try await first.hasNews())
                let second = try await bench.open()
                #expect(first.summary.skillCount == 20)
                #expect(second.summary.skillCount == 25)
                for (library, version, count) in [(first, 1, 20), (second, 2, 25)] {
                    let query = SearchableLibraryContract.query("work on thing3 as of version\(version)")
                    let list = try await library.shortlist([query], pool: 50, filter: .everything, weights: .standard)[
                        0
                    ]
                    #expect(list.entries.count == count)
                    let entries = try await library.entries(list.entries.map(\.number))
                    #expect(entries.count == count)
                    #expect(entries.values.allSatisfy { $0.text.description.hasSuffix("version\(version)") })
                    #expect(entries[list.entries[0].number]?.skill == "skill-3")
                    let skill = try await library.skill("skill-7")
                    #expect(skill?.description == "work on thing7 as of version\(version)")
                }
            }
        }

        @Test("A generation that was swept away is an error that says so")
        func swept() async throws {
            try await SharedLibrarySuite.withBench { bench in
                try await bench.publish(SharedLibrarySuite.skills(version: 1))
                let first = try await bench.open()
                for version in 2...4 {
                    _ = try await bench.indexer { $0.retention = .zero }.index(
                        [ListSource(SharedLibrarySuite.skills(version: version))],
                        into: "lib",
                        of: bench.address
                    )
                }
                let error = await #expect(throws: LibraryError.self) { try await first.skill("skill-1") }
                #expect(error?.kind == .outdated)
                let rows = try bench.connection().query(
                    "SELECT count(*) FROM skillweaver_skills WHERE died <= 3"
                ) { $0.int(0) }
                #expect(rows == [0])
                let newest = try await bench.open()
                let skill = try await newest.skill("skill-1")
                #expect(skill?.description.hasSuffix("version4") == true)
            }
        }

        @Test(
            "Only what changed is embedded, also by a writer on another machine, and nothing is published for nothing"
        )
        func incremental() async throws {
            try await SharedLibrarySuite.withBench { bench in
                let skills = SharedLibrarySuite.skills(version: 1)
                let first = try await bench.publish(skills)
                #expect(first.counts.added == 20)
                var changed = skills
                changed[4].description = "something else entirely"
                let elsewhere = try Bench(folder: bench.folder, address: bench.address)
                let report = try await elsewhere.indexer(copies: "elsewhere").index(
                    [ListSource(changed)],
                    into: "lib",
                    of: bench.address
                )
                #expect(report.counts.changed == 1)
                #expect(report.counts.unchanged == 19)
                #expect(report.embeddedTexts == 1)
                let second = try await bench.open()
                #expect(second.summary.generation == 2)
                // The first machine's copy is out of date: it is made anew, and nothing has to be embedded.
                let again = try await bench.publish(changed)
                #expect(again.counts.isEmpty)
                #expect(again.embeddedTexts == 0)
                let third = try await bench.open()
                #expect(third.summary.generation == 2)
                #expect(third.summary.skillCount == 20)
            }
        }

        @Test("Word counts and statistics after many updates are those of a library made at once")
        func statistics() async throws {
            try await SharedLibrarySuite.withBench { bench in
                let skills = SearchableLibraryContract.skills
                try await bench.publish(SharedLibrarySuite.skills(version: 1) + skills.prefix(2))
                try await bench.publish(Array(skills.suffix(3)))
                try await bench.publish(skills)
                try await bench.publish(skills, into: "fresh")
                let grown = try await bench.open()
                let fresh = try await bench.open("fresh")
                #expect(grown.statistics.entries == fresh.statistics.entries)
                for text in ["render a bar chart", "tool number 7", "nothing of the kind"] {
                    let query = SearchableLibraryContract.query(text)
                    let spreads = (
                        grown.statistics.cosines(of: query.vector), fresh.statistics.cosines(of: query.vector)
                    )
                    #expect(abs(spreads.0.mean - spreads.1.mean) < 1e-4)
                    #expect(abs(spreads.0.deviation - spreads.1.deviation) < 1e-4)
                }
                let words = try bench.connection().query(
                    """
                    SELECT library, word, entries FROM skillweaver_words WHERE died > 1000 ORDER BY library, word
                    """
                ) { (library: $0.int(0), word: $0.text(1), entries: $0.int(2)) }
                let lists = Dictionary(grouping: words, by: \.library).values.map { rows in
                    rows.map { "\($0.word) \($0.entries)" }
                }
                #expect(lists.count == 2 && lists[0] == lists[1])
                // And they are what the tables say.
                let counted = try bench.connection().query(
                    """
                    SELECT word, ndoc FROM ts_stat('SELECT words FROM \(fresh.tables.entries)') ORDER BY word COLLATE "C"
                    """
                ) { "\($0.text(0)) \($0.int(1))" }
                #expect(counted.sorted() == lists.first?.sorted())
            }
        }

        @Test("Two routers search while a sync runs: every answer is of one generation, and none is an error")
        func concurrency() async throws {
            try await SharedLibrarySuite.withBench { bench in
                try await bench.publish(SharedLibrarySuite.skills(version: 1))
                let rounds = 12
                let answers = try await withThrowingTaskGroup(of: Int.self) { group in
                    let done = Flag()
                    group.addTask {
                        for version in 2...rounds {
                            try await bench.publish(SharedLibrarySuite.skills(version: version, count: 15 + version))
                        }
                        await done.raise()
                        return 0
                    }
                    for _ in 0..<2 {
                        let store = PostgreSQLStore(bench.address)
                        group.addTask {
                            var library = try await bench.open(in: store)
                            var answers = 0
                            repeat {
                                if try await library.hasNews() { library = try await bench.open(in: store) }
                                try await Self.checkOneGeneration(library, embedder: bench.embedder)
                                answers += 1
                            } while await !done.isRaised
                            return answers
                        }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(answers.filter { $0 > 1 }.count == 2)
                let last = try await bench.open()
                #expect(last.summary.skillCount == 15 + rounds)
            }
        }

        private static func checkOneGeneration(_ library: PostgreSQLLibrary, embedder: WordEmbedder) async throws {
            let retriever = SkillRetriever(embedder: embedder, library: library)
            let found = try await retriever.candidates(for: ["work on thing5", "as of version2"], top: 50)
            for candidates in found {
                #expect(candidates.count == library.summary.skillCount)
                let skills = try await library.skills(candidates.map(\.skill))
                let versions = Set(skills.values.map { $0.description.split(separator: " ").last })
                #expect(skills.count == candidates.count)
                #expect(versions.count == 1)
            }
        }
    }
}

/// Says across tasks that something has happened.
actor Flag {
    private var message: String?
    private var waiting: [CheckedContinuation<String, Never>] = []

    var isRaised: Bool { message != nil }

    func raise(_ message: String = "") {
        self.message = message
        waiting.forEach { $0.resume(returning: message) }
        waiting = []
    }

    func raised() async -> String {
        if let message { return message }
        return await withCheckedContinuation { waiting.append($0) }
    }
}
