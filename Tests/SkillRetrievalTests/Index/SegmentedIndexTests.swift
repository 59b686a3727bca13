import Glibc
import SkillCatalog
import TestSupport
import Testing
import TextEmbedding

@testable import SkillRetrieval

@Suite("A large library")
struct SegmentedIndexTests {
    private let embedder = WordEmbedder()

    private static func skills(_ range: Range<Int>, saying text: String = "tool number") -> [Skill] {
        range.map { makeSkill("s\($0)", "\(text) \($0) of kind \($0 % 17)") }
    }

    private func writer(mergeThreshold: Int = 1_000) -> SegmentedIndexWriter {
        var policy = IndexPolicy(kind: .hnsw)
        policy.mergeThreshold = mergeThreshold
        return SegmentedIndexWriter(policy: policy)
    }

    private func index(_ skills: [Skill], into location: LibraryLocation, _ writer: SegmentedIndexWriter) async throws {
        let indexer = LibraryIndexer(embedder: embedder, writer: writer)
        _ = try await indexer.index([ListSource(skills)], into: location)
    }

    /// What is found first for the text of each skill.
    private func best(_ skills: [Skill], in location: LibraryLocation) async throws -> [Candidate?] {
        let library = try await IndexedLibrary.open(location, for: embedder.model)
        let retriever = SkillRetriever(embedder: embedder, library: library)
        return try await retriever.candidates(for: skills.map(\.description), top: 3).map(\.first)
    }

    private func found(_ skills: [Skill], in location: LibraryLocation) async throws -> [String] {
        try await best(skills, in: location).map { $0?.skill ?? "" }
    }

    /// How well the best fits, in ten-thousandths: of several that fit equally well, either may come first.
    private func scores(_ skills: [Skill], in location: LibraryLocation) async throws -> [Int] {
        try await best(skills, in: location).map { Int((($0?.score ?? 0) * 10_000).rounded()) }
    }

    private func inode(_ location: LibraryLocation) async throws -> UInt64 {
        let generation = try await SkillLibrary(at: location).summary().indexGeneration
        var information = stat()
        #expect(lstat(location.vectors(generation: generation), &information) == 0)
        return UInt64(information.st_ino)
    }

    @Test("takes an update without writing its index again, finds what is new and nothing that is gone")
    func update() async throws {
        try await withTemporaryFolder { folder in
            let location = LibraryLocation(folder: "\(folder)/lib")
            try await index(Self.skills(0..<300), into: location, writer())
            let file = try await inode(location)
            let changed = Self.skills(0..<10, saying: "quite another thing")
            let added = Self.skills(300..<320)
            try await index(changed + Self.skills(10..<290) + added, into: location, writer())
            #expect(try await inode(location) == file)
            let exact = LibraryLocation(folder: "\(folder)/exact")
            let all = changed + Self.skills(10..<290) + added
            try await index(all, into: exact, SegmentedIndexWriter(policy: IndexPolicy(kind: .flat)))
            let right = try await scores(changed + added, in: exact)
            #expect(try await scores(changed + added, in: location) == right)
            #expect(try await found(changed, in: location).allSatisfy(changed.map(\.id).contains))
            let gone = try await found(Self.skills(290..<300), in: location)
            #expect(Set(gone).isDisjoint(with: (290..<300).map { "s\($0)" }))
        }
    }

    @Test("is built again once enough has changed, and answers the same before and after")
    func merge() async throws {
        try await withTemporaryFolder { folder in
            let location = LibraryLocation(folder: "\(folder)/lib")
            let writer = writer(mergeThreshold: 15)
            try await index(Self.skills(0..<200), into: location, writer)
            try await index(Self.skills(0..<210), into: location, writer)
            #expect(try await writer.maintain(location, lock: nil) == false)
            let now = Self.skills(5..<220)
            try await index(now, into: location, writer)
            let before = try await scores(now, in: location)
            let file = try await inode(location)
            #expect(try await writer.maintain(location, lock: nil))
            #expect(try await inode(location) != file)
            #expect(try await scores(now, in: location) == before)
            #expect(try await writer.maintain(location, lock: nil) == false)
            let library = try await IndexedLibrary.open(location, for: embedder.model)
            #expect(library.vectors.recent == nil)
        }
    }

    @Test("is built again from the catalog when its index file is lost, damaged or of an earlier state")
    func lostFile() async throws {
        try await withTemporaryFolder { folder in
            let location = LibraryLocation(folder: "\(folder)/lib")
            let skills = Self.skills(0..<60)
            try await index(skills, into: location, writer())
            let generation = try await SkillLibrary(at: location).summary().indexGeneration
            let file = location.vectors(generation: generation)
            let before = try await scores(skills, in: location)
            try write("garbage", to: file)
            #expect(try await scores(skills, in: location) == before)
            let small = try FAISSIndex(dimensions: WordEmbedder.dimensions)
            try await small.add(
                try await embedder.embed(["nothing"], as: .query),
                numbers: [60]
            )
            try await small.write(to: file)
            #expect(try await scores(skills, in: location) == before)
        }
    }
}
