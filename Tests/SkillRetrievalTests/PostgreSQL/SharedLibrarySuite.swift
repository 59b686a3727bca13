import SkillCatalog
import Storage
import TestSupport
import Testing

@testable import SkillRetrieval

/// The tests that share one PostgreSQL server; each has a database of its own.
@Suite("A shared library", .postgreSQL, .enabled(if: PostgreSQLServer.isInstalled, PostgreSQLServer.absence))
struct SharedLibrarySuite {
    /// A database with what is needed to write and read libraries in it.
    struct Bench {
        let address: PostgreSQLAddress
        let folder: String
        let embedder: WordEmbedder

        init(folder: String, address: PostgreSQLAddress? = nil, embedder: WordEmbedder = WordEmbedder()) throws {
            let server = try #require(PostgreSQLServer.current)
            self.address = try address ?? server.database()
            self.folder = folder
            self.embedder = embedder
        }

        func indexer(
            copies: String = "copies",
            _ change: (inout SharedWritingOptions) -> Void = { _ in }
        ) -> SharedLibraryIndexer {
            var options = SharedWritingOptions()
            change(&options)
            return SharedLibraryIndexer(embedder: embedder, copies: "\(folder)/\(copies)", writing: options)
        }

        @discardableResult
        func publish(_ skills: [Skill], into name: String = "lib") async throws -> IndexingReport {
            try await indexer().index(ListSource.sources(of: skills), into: name, of: address)
        }

        func open(_ name: String = "lib", in store: PostgreSQLStore? = nil) async throws -> PostgreSQLLibrary {
            try await PostgreSQLLibrary.open(name, in: store ?? PostgreSQLStore(address), for: embedder.model)
        }

        func connection() throws -> PostgreSQLConnection { try PostgreSQLConnection(to: address) }
    }

    static func withBench(_ body: (Bench) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in try await body(Bench(folder: folder)) }
    }

    /// Generation `version` of a library in which every skill says which one it is.
    static func skills(version: Int, count: Int = 20) -> [Skill] {
        (0..<count).map { makeSkill("skill-\($0)", "work on thing\($0) as of version\(version)") }
    }
}

extension SharedLibrarySuite {
    @Test("keeps what every searchable library promises")
    func contract() async throws {
        try await Self.withBench { bench in
            let contract = SearchableLibraryContract { skills in
                try await bench.publish(skills)
                return try await bench.open()
            }
            try await contract.run()
        }
    }

    @Test("keeps it too where the library was written before, in other words and with another model")
    func contractAfterUpdates() async throws {
        try await Self.withBench { bench in
            let contract = SearchableLibraryContract { skills in
                let old = try Bench(
                    folder: bench.folder,
                    address: bench.address,
                    embedder: WordEmbedder(fingerprint: "words-0")
                )
                try await old.publish(Self.skills(version: 1) + skills.dropFirst())
                try await bench.publish(Self.skills(version: 2, count: 3))
                try await bench.publish(Array(skills.reversed()))
                try await bench.publish(skills.dropLast())
                try await bench.publish(skills)
                return try await bench.open()
            }
            try await contract.run()
        }
    }
}
