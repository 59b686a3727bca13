import SkillCatalog
import Storage
import TestSupport
import Testing
import TextEmbedding

@testable import SkillRetrieval

@Suite("A library that changes while it is searched", .timeLimit(.minutes(2 * Sanitizer.patience)))
struct LiveLibraryTests {
    /// Every skill of one version says so in its description, and their names differ from version to version.
    private func skills(version: Int) -> [Skill] {
        (0..<20).map { makeSkill("skill-\($0 + version % 7)", "version \(version) word \($0)") }
    }

    @Test("shows each reader one generation whole, whatever the writer does")
    func consistency() async throws {
        try await withTemporaryFolder { folder in
            let location = LibraryLocation(folder: "\(folder)/lib")
            let embedder = WordEmbedder()
            let indexer = LibraryIndexer(embedder: embedder)
            _ = try await indexer.index([ListSource(skills(version: 0))], into: location)
            let live = try await LiveLibrary(location, for: embedder.model)
            let updates = 25
            try await withThrowingTaskGroup(of: Int.self) { group in
                group.addTask {
                    for version in 1...updates {
                        _ = try await indexer.index([ListSource(skills(version: version))], into: location)
                    }
                    return updates
                }
                for _ in 0..<3 {
                    group.addTask {
                        var seen: Set<Int> = []
                        while !seen.contains(updates + 1) {
                            let library = await live.current()
                            seen.insert(try await check(library, embedder))
                        }
                        return seen.count
                    }
                }
                for try await _ in group { continue }
            }
        }
    }

    /// Searches one generation, and checks that every hit is a skill of that generation; returns its number.
    private func check(_ library: IndexedLibrary, _ embedder: WordEmbedder) async throws -> Int {
        let queries = try await embedder.embed(["word 3", "version 5"], as: .query)
        let hits = try await library.vectors.search(queries, top: 20).joined()
        let entries = try await library.library.entries(hits.map(\.number))
        #expect(Set(hits.map(\.number)) == Set(entries.keys), "a hit without a skill")
        let skills = try await library.library.skills(Set(entries.values.map(\.skill)))
        #expect(Set(skills.keys) == Set(entries.values.map(\.skill)))
        let versions = Set(skills.values.compactMap { $0.description.split(separator: " ").dropFirst().first })
        #expect(versions == ["\(library.summary.generation - 1)"], "two generations in one answer")
        return library.summary.generation
    }

    @Test("serves the last good generation while a newer one cannot be opened, and says why")
    func otherModel() async throws {
        try await withTemporaryFolder { folder in
            let location = LibraryLocation(folder: "\(folder)/lib")
            let embedder = WordEmbedder()
            _ = try await LibraryIndexer(embedder: embedder).index([ListSource(skills(version: 0))], into: location)
            let live = try await LiveLibrary(location, for: embedder.model)
            let other = WordEmbedder(fingerprint: "words-2")
            _ = try await LibraryIndexer(embedder: other).index([ListSource(skills(version: 1))], into: location)
            let served = await live.newest()
            #expect(try await check(served, embedder) == 1)
            #expect(await live.problem?.contains("encoder") == true)
            _ = try await LibraryIndexer(embedder: embedder).index([ListSource(skills(version: 2))], into: location)
            #expect(try await check(await live.newest(), embedder) == 3)
            #expect(await live.problem == nil)
        }
    }

    @Test("builds a damaged vector file of a new generation again", arguments: ["", "garbage"])
    func damaged(content: String) async throws {
        try await withTemporaryFolder { folder in
            let location = LibraryLocation(folder: "\(folder)/lib")
            let embedder = WordEmbedder()
            let indexer = LibraryIndexer(embedder: embedder)
            _ = try await indexer.index([ListSource(skills(version: 0))], into: location)
            let live = try await LiveLibrary(location, for: embedder.model)
            _ = try await indexer.index([ListSource(skills(version: 1))], into: location)
            try write(content, to: location.vectors(generation: 2))
            #expect(try await check(await live.newest(), embedder) == 2)
        }
    }

    @Test("goes on when the library is deleted, and takes the one made in its place")
    func replaced() async throws {
        try await withTemporaryFolder { folder in
            let location = LibraryLocation(folder: "\(folder)/lib")
            let embedder = WordEmbedder()
            let indexer = LibraryIndexer(embedder: embedder)
            _ = try await indexer.index([ListSource(skills(version: 0))], into: location)
            let live = try await LiveLibrary(location, for: embedder.model)
            for name in FileSystem.contents(of: location.folder) { FileSystem.remove("\(location.folder)/\(name)") }
            #expect(try await check(await live.newest(), embedder) == 1)
            _ = try await indexer.index([ListSource([makeSkill("new", "version 0 made anew")])], into: location)
            let newest = await live.newest()
            #expect(try await newest.library.overview().map(\.id) == ["new"])
        }
    }
}
