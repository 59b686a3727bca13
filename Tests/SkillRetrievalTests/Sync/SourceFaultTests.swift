import SkillCatalog
import Storage
import TestSupport
import Testing

@testable import SkillRetrieval

@Suite("A source that cannot be read")
struct SourceFaultTests {
    private let mail = makeSkill("mail", "send an e-mail")
    private let chart = makeSkill("chart", "draw a chart")
    private let files = makeSkill("files", "read files")

    @Test("keeps its skills, and lets the others be brought up to date", arguments: [0, 1])
    func oneOfTwo(broken: Int) async throws {
        try await withTemporaryFolder { folder in
            let location = LibraryLocation(folder: "\(folder)/lib")
            let sources = [
                SwitchableSource("one", [mail, chart]), SwitchableSource("two", [makeSkill("web", "fetch")]),
            ]
            let indexer = LibraryIndexer(embedder: WordEmbedder())
            _ = try await indexer.index(sources, into: location)
            let before = try await LibraryContent(location)

            sources[broken].fail("is on strike")
            sources[1 - broken].hold([files])
            let report = try await indexer.index(sources, into: location)
            #expect(report.failures.map(\.source) == [sources[broken].name])
            #expect(report.failures.first?.description.contains("is on strike") == true)
            #expect(report.failures.first?.keptSkills == (broken == 0 ? 2 : 1))
            let after = try await LibraryContent(location)
            let kept = before.skills.filter { $0.value.origin.source == sources[broken].name }
            #expect(kept.count == (broken == 0 ? 2 : 1))
            #expect(after.skills.filter { $0.value.origin.source == sources[broken].name } == kept)
            #expect(after.skills.keys.contains("files"))
            #expect(after.sources == ["one", "two"])

            sources[broken].fail(nil)
            let recovered = try await indexer.index(sources, into: location)
            #expect(recovered.failures.isEmpty)
            #expect(recovered.counts.isEmpty)
        }
    }

    @Test("stops everything when that is wanted, and when there is no other source")
    func strict() async throws {
        try await withTemporaryFolder { folder in
            let location = LibraryLocation(folder: "\(folder)/lib")
            let one = SwitchableSource("one", [mail])
            let two = SwitchableSource("two", [chart])
            let indexer = LibraryIndexer(embedder: WordEmbedder())
            _ = try await indexer.index([one, two], into: location)
            let before = try await LibraryContent(location)
            two.fail("is gone")
            one.hold([files])
            var options = IndexingOptions()
            options.stopsAtUnreadableSource = true
            await #expect(throws: SkillSourceError.self) {
                try await indexer.index([one, two], into: location, options: options)
            }
            #expect(try await LibraryContent(location) == before)
            one.fail("is gone too")
            await #expect(throws: SkillSourceError.self) { try await indexer.index([one, two], into: location) }
            #expect(try await LibraryContent(location) == before)
        }
    }

    @Test("is not remembered when it never could be read")
    func neverRead() async throws {
        try await withTemporaryFolder { folder in
            let location = LibraryLocation(folder: "\(folder)/lib")
            let typo = SwitchableSource("typo")
            typo.fail("does not exist")
            let report = try await LibraryIndexer(embedder: WordEmbedder())
                .index([ListSource("one", [mail]), typo], into: location)
            #expect(report.failures.map(\.keptSkills) == [0])
            #expect(try await LibraryContent(location).sources == ["one"])
        }
    }

    @Test("is embedded again from the catalog when the model changed meanwhile")
    func otherModel() async throws {
        try await withTemporaryFolder { folder in
            let location = LibraryLocation(folder: "\(folder)/lib")
            let one = SwitchableSource("one", [mail])
            let two = SwitchableSource("two", [chart, files])
            _ = try await LibraryIndexer(embedder: WordEmbedder()).index([one, two], into: location)
            two.fail("is gone")
            let newModel = WordEmbedder(fingerprint: "words-2")
            let report = try await LibraryIndexer(embedder: newModel).index([one, two], into: location)
            #expect(report.embeddedTexts == 3)
            let library = try await IndexedLibrary.open(location, for: newModel.model)
            #expect(await library.vectors.count == 3)
        }
    }

    @Test("keeps the id that a skill of an earlier source now has under its own name")
    func displaced() async throws {
        try await withTemporaryFolder { folder in
            let location = LibraryLocation(folder: "\(folder)/lib")
            let one = SwitchableSource("one", [chart])
            let two = SwitchableSource("two", [mail])
            let indexer = LibraryIndexer(embedder: WordEmbedder())
            _ = try await indexer.index([one, two], into: location)
            two.fail("is gone")
            one.hold([chart, makeSkill("mail", "sort letters")])
            _ = try await indexer.index([one, two], into: location)
            let content = try await LibraryContent(location)
            #expect(content.skills["mail"]?.description == "sort letters")
            #expect(content.skills["two:mail"]?.description == "send an e-mail")
            // When the earlier source lets go of the id, the skill gets it back.
            two.fail(nil)
            one.hold([chart])
            _ = try await indexer.index([one, two], into: location)
            #expect(try await LibraryContent(location).skills["mail"]?.description == "send an e-mail")
        }
    }
}
