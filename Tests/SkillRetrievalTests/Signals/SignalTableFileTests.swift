import Glibc
import SkillCatalog
import Storage
import TestSupport
import Testing
import TextEmbedding

@testable import SkillRetrieval

@Suite("The words of a library beside its vectors")
struct SignalTableFileTests {
    private let embedder = WordEmbedder()

    private static func skills(_ range: Range<Int>) -> [Skill] {
        range.map { makeSkill("s\($0)", "number\($0) of kind\($0 % 17)") }
    }

    private func index(_ skills: [Skill], into location: LibraryLocation) async throws {
        _ = try await LibraryIndexer(embedder: embedder).index([ListSource(skills)], into: location)
    }

    /// What words alone put first.
    private func first(_ text: String, in location: LibraryLocation) async throws -> String? {
        let library = try await IndexedLibrary.open(location, for: embedder.model)
        let options = RetrievalOptions(firstStage: .lexicalOnly, stages: [])
        let retriever = SkillRetriever(embedder: embedder, library: library, options: options)
        return try await retriever.candidates(for: [text], top: 1)[0].first?.skill
    }

    private func words(_ location: LibraryLocation) async throws -> String {
        location.words(generation: try await SkillLibrary(at: location).summary().indexGeneration)
    }

    @Test(
        "are made again when their file is lost, damaged, empty or of other vectors",
        arguments: ["", "x", "lost", "other"]
    )
    func restored(how: String) async throws {
        try await withTemporaryFolder { folder in
            let location = LibraryLocation(folder: "\(folder)/lib")
            try await index(Self.skills(0..<40), into: location)
            let file = try await words(location)
            FileSystem.remove(file)
            switch how {
            case "lost": break
            case "other":
                try FileSystem.write(SignalTableBuilder(dimensions: 3).build(), to: file)
            default: try write(how, to: file)
            }
            #expect(try await first("number7", in: location) == "s7")
            #expect((try? SignalTable(file: file))?.count == 40)
        }
    }

    @Test("follow each update, and leave no file of an earlier one behind")
    func updates() async throws {
        try await withTemporaryFolder { folder in
            let location = LibraryLocation(folder: "\(folder)/lib")
            try await index(Self.skills(0..<40), into: location)
            try await index(Self.skills(5..<45), into: location)
            #expect(try await first("number42", in: location) == "s42")
            #expect(try await first("number3", in: location) != "s3")
            let files = FileSystem.contents(of: location.folder).filter { $0.hasPrefix("words-") }
            #expect(files == [FileSystem.name(of: try await words(location))])
        }
    }

    @Test("of a large library are not written again for a few changes")
    func linked() async throws {
        try await withTemporaryFolder { folder in
            let location = LibraryLocation(folder: "\(folder)/lib")
            try await index(Self.skills(0..<4_200), into: location)
            let before = try inode(try await words(location))
            try await index(Self.skills(10..<4_230), into: location)
            #expect(try inode(try await words(location)) == before)
            #expect(try await first("number4222", in: location) == "s4222")
            #expect(try await first("number4", in: location) != "s4")
            try await index(Self.skills(10..<100), into: location)
            #expect(try inode(try await words(location)) != before)
            #expect(try await first("number42", in: location) == "s42")
        }
    }

    private func inode(_ file: String) throws -> UInt64 {
        var information = stat()
        try #require(lstat(file, &information) == 0)
        return UInt64(information.st_ino)
    }
}
