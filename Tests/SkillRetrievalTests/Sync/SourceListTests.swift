import SkillCatalog
import TestSupport
import Testing

@testable import SkillRetrieval

@Suite("The sources of a library")
struct SourceListTests {
    private struct Place: SkillSource {
        var name: String
        var location: String
        func read(_ receive: (SourceRecord) async throws -> Void) async throws {}
    }

    private func list(_ places: [String], known: [String] = []) -> [String] {
        func parts(_ place: String) -> (String, String) {
            let parts = place.split(separator: "@").map(String.init)
            return (parts[0], parts[1])
        }
        let list = SourceList(
            places.map { Place(name: parts($0).0, location: parts($0).1) },
            known: known.map { LibrarySummary.Source(name: parts($0).0, location: parts($0).1) }
        )
        return list.entries.map { "\($0.name)@\($0.location)" }
    }

    @Test("keep their order and their names, and none is read twice")
    func order() {
        #expect(list(["b@/2", "a@/1", "b@/2"]) == ["b@/2", "a@/1"])
    }

    @Test("of one name are told apart by numbers that stay")
    func sameName() {
        #expect(list(["skills@/a", "skills@/b", "skills@/c"]) == ["skills@/a", "skills~2@/b", "skills~3@/c"])
        let known = ["skills@/a", "skills~2@/b"]
        #expect(list(["skills@/b", "skills@/a"], known: known) == ["skills~2@/b", "skills@/a"])
        #expect(list(["skills@/new", "skills@/b"], known: known) == ["skills@/new", "skills~2@/b"])
    }

    @Test("can be renamed without a skill being embedded again or counted as changed")
    func renamed() async throws {
        try await withTemporaryFolder { folder in
            let location = LibraryLocation(folder: "\(folder)/lib")
            let indexer = LibraryIndexer(embedder: WordEmbedder())
            let file = "\(folder)/list.jsonl"
            try write(#"{"id":"a","description":"one"}"# + "\n" + #"{"id":"b","description":"two"}"#, to: file)
            _ = try await indexer.index([JSONLinesFile(path: file, name: "old")], into: location)
            let report = try await indexer.index([JSONLinesFile(path: file, name: "new")], into: location)
            #expect(report.counts.unchanged == 2)
            #expect(report.counts.isEmpty)
            let content = try await LibraryContent(location)
            #expect(content.sources == ["new"])
            #expect(content.skills.values.allSatisfy { $0.origin.source == "new" })
        }
    }

    @Test("can be left out and taken in again")
    func leftOut() async throws {
        try await withTemporaryFolder { folder in
            let location = LibraryLocation(folder: "\(folder)/lib")
            let indexer = LibraryIndexer(embedder: WordEmbedder())
            let one = ListSource("one", [makeSkill("a", "first")])
            let two = ListSource("two", [makeSkill("b", "second")])
            _ = try await indexer.index([one, two], into: location)
            let without = try await indexer.index([two], into: location)
            #expect(without.counts.removed == 1)
            #expect(try await LibraryContent(location).skills.keys.sorted() == ["b"])
            let with = try await indexer.index([two, one], into: location)
            #expect(with.counts.added == 1)
            #expect(try await LibraryContent(location).sources == ["two", "one"])
        }
    }
}
