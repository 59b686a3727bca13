import SkillCatalog
import Storage
import TestSupport
import Testing
import TextEmbedding

@testable import SkillRetrieval

@Suite("Indexing a library")
struct LibraryIndexerTests {
    private let mail = makeSkill("mail", "send an e-mail to people")
    private let chart = makeSkill(
        "chart",
        "draw charts",
        tools: [
            Tool(name: "render_chart", description: "render a bar chart"),
            Tool(name: "build_report", description: "write a report"),
        ]
    )
    private let files = makeSkill("files", "read and write files")

    @Test("counts what was added, changed, removed and left alone, and embeds only what is new")
    func incremental() async throws {
        try await withTemporaryFolder { folder in
            let location = LibraryLocation(folder: "\(folder)/lib")
            let embedder = WordEmbedder()
            let indexer = LibraryIndexer(embedder: embedder)

            let first = try await indexer.index([ListSource([mail, chart])], into: location)
            #expect(first.counts.added == 2)
            #expect(first.embeddedTexts == 4)

            let again = try await indexer.index([ListSource([mail, chart])], into: location)
            #expect(again.counts.unchanged == 2)
            #expect(again.counts.isEmpty)
            #expect(again.embeddedTexts == 0)

            var renamedTool = chart
            renamedTool.tools[1] = Tool(name: "build_page", description: "write a web page")
            let third = try await indexer.index([ListSource([renamedTool, files])], into: location)
            #expect(third.counts.added == 1)
            #expect(third.counts.changed == 1)
            #expect(third.counts.removed == 1)
            // The skill's own vector does not depend on its tools, and the other tool kept its vector.
            #expect(third.embeddedTexts == 2)
            #expect(try await SkillLibrary(at: location).overview().map(\.id) == ["chart", "files"])
        }
    }

    @Test("does not embed again when only a label changes")
    func labelChange() async throws {
        try await withTemporaryFolder { folder in
            let location = LibraryLocation(folder: "\(folder)/lib")
            let indexer = LibraryIndexer(embedder: WordEmbedder())
            _ = try await indexer.index([ListSource([mail])], into: location)
            var labelled = mail
            labelled.category = "communication"
            let report = try await indexer.index([ListSource([labelled])], into: location)
            #expect(report.counts.changed == 1)
            #expect(report.embeddedTexts == 0)
            #expect(try await SkillLibrary(at: location).skill("mail")?.category == "communication")
        }
    }

    @Test("keeps skills of one id apart by their source, and says so")
    func duplicates() async throws {
        try await withTemporaryFolder { folder in
            let location = LibraryLocation(folder: "\(folder)/lib")
            var other = mail
            other.origin.source = "second"
            let report = try await LibraryIndexer(embedder: WordEmbedder()).index(
                [ListSource("first", [mail]), ListSource("second", [other, other])],
                into: location
            )
            #expect(
                try await SkillLibrary(at: location).overview().map(\.id) == ["mail", "second:mail", "second:mail~2"]
            )
            #expect(report.diagnostics.map(\.code) == ["duplicate-id", "duplicate-id"])
            let again = try await LibraryIndexer(embedder: WordEmbedder()).index(
                [ListSource("first", [mail]), ListSource("second", [other, other])],
                into: location
            )
            #expect(again.counts.isEmpty)
        }
    }

    struct Broken: Error {}

    @Test("leaves the library as it was when a source or the embedder fails")
    func failure() async throws {
        try await withTemporaryFolder { folder in
            let location = LibraryLocation(folder: "\(folder)/lib")
            _ = try await LibraryIndexer(embedder: WordEmbedder()).index([ListSource([mail])], into: location)
            await #expect(throws: Broken.self) {
                try await LibraryIndexer(embedder: WordEmbedder()).index(
                    [ListSource([chart], failingWith: Broken())],
                    into: location
                )
            }
            await #expect(throws: Broken.self) {
                try await LibraryIndexer(embedder: WordEmbedder(failingWith: Broken())).index(
                    [ListSource([chart])],
                    into: location
                )
            }
            let library = try await IndexedLibrary.open(location, for: WordEmbedder().model)
            #expect(try await library.library.overview().map(\.id) == ["mail"])
            #expect(FileSystem.contents(of: location.folder).filter { $0.hasPrefix("vectors-") } == ["vectors-1.faiss"])
        }
    }

    @Test("refuses sources without a usable skill, and leaves no library that looks complete")
    func nothing() async throws {
        try await withTemporaryFolder { folder in
            let location = LibraryLocation(folder: "\(folder)/lib")
            let error = await #expect(throws: LibraryError.self) {
                try await LibraryIndexer(embedder: WordEmbedder()).index([ListSource([])], into: location)
            }
            #expect(error?.kind == .nothingToIndex)
            let open = await #expect(throws: LibraryError.self) {
                try await IndexedLibrary.open(location, for: WordEmbedder().model)
            }
            #expect(open?.kind == .notFound)
        }
    }

    @Test("embeds everything again for another model, and refuses to search with the wrong one")
    func otherModel() async throws {
        try await withTemporaryFolder { folder in
            let location = LibraryLocation(folder: "\(folder)/lib")
            _ = try await LibraryIndexer(embedder: WordEmbedder()).index([ListSource([mail])], into: location)
            let newModel = WordEmbedder(fingerprint: "words-2")
            let error = await #expect(throws: LibraryError.self) {
                try await IndexedLibrary.open(location, for: newModel.model)
            }
            #expect(error?.kind == .otherModel)
            let report = try await LibraryIndexer(embedder: newModel).index([ListSource([mail])], into: location)
            #expect(report.embeddedTexts == 1)
            _ = try await IndexedLibrary.open(location, for: newModel.model)
        }
    }

    @Test("says that a library of an older version has to be indexed again")
    func otherRecipe() async throws {
        try await withTemporaryFolder { folder in
            let location = LibraryLocation(folder: "\(folder)/lib")
            let embedder = WordEmbedder()
            let update = try LibraryUpdate(at: location, modelFingerprint: embedder.model.fingerprint)
            try await update.setSources([LibrarySummary.Source(name: "list", location: "memory:list")])
            try await update.begin(0)
            _ = try await update.offer(mail)
            try await update.end()
            try await update.commit(
                modelName: embedder.model.name,
                modelFingerprint: embedder.model.fingerprint,
                dimensions: embedder.model.dimensions
            )
            let error = await #expect(throws: LibraryError.self) {
                try await IndexedLibrary.open(location, for: embedder.model)
            }
            #expect(error?.kind == .otherModel)
            #expect(error?.message.contains("another version of skillweaver") == true)
            let report = try await LibraryIndexer(embedder: embedder).index([ListSource([mail])], into: location)
            #expect(report.embeddedTexts == 1)
            _ = try await IndexedLibrary.open(location, for: embedder.model)
        }
    }

    @Test("lets readers see the last complete generation while an update runs")
    func isolation() async throws {
        try await withTemporaryFolder { folder in
            let location = LibraryLocation(folder: "\(folder)/lib")
            _ = try await LibraryIndexer(embedder: WordEmbedder()).index([ListSource([mail])], into: location)
            let update = try LibraryUpdate(at: location, modelFingerprint: "words-1")
            try await update.setSources([LibrarySummary.Source(name: "list", location: "memory:list")])
            try await update.begin(0)
            _ = try await update.offer(chart)
            #expect(try await SkillLibrary(at: location).overview().map(\.id) == ["mail"])
            await update.rollBack()
        }
    }

    @Test("builds a missing or damaged vector file again", arguments: [nil, "garbage"])
    func repair(content: String?) async throws {
        try await withTemporaryFolder { folder in
            let location = LibraryLocation(folder: "\(folder)/lib")
            let embedder = WordEmbedder()
            _ = try await LibraryIndexer(embedder: embedder).index([ListSource([mail, chart])], into: location)
            let file = location.vectors(generation: 1)
            FileSystem.remove(file)
            if let content { try write(content, to: file) }
            let library = try await IndexedLibrary.open(location, for: embedder.model)
            #expect(await library.vectors.count == 4)
            #expect(try FAISSIndex(file: file).dimensions == WordEmbedder.dimensions)
        }
    }
}
