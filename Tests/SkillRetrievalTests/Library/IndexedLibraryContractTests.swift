import SkillCatalog
import TestSupport
import Testing

@testable import SkillRetrieval

@Suite("A library on disk")
struct IndexedLibraryContractTests {
    @Test("keeps what every searchable library promises")
    func contract() async throws {
        try await withTemporaryFolder { folder in
            let location = LibraryLocation(folder: "\(folder)/lib")
            let contract = SearchableLibraryContract { skills in
                let embedder = WordEmbedder()
                _ = try await LibraryIndexer(embedder: embedder).index(ListSource.sources(of: skills), into: location)
                return try await IndexedLibrary.open(location, for: embedder.model)
            }
            try await contract.run()
        }
    }
}
