import Storage
import TestSupport
import Testing

@testable import TextEmbedding

@Suite("The embedding cache")
struct EmbeddingCacheTests {
    @Test("embeds a document once, whatever it is asked with")
    func hits() async throws {
        try await withTemporaryFolder { folder in
            let inner = CountingEmbedder()
            let cache = try EmbeddingCache(file: "\(folder)/cache.sqlite", inFrontOf: inner)
            let first = try await cache.embed(["a", "b"], as: .document)
            let second = try await cache.embed(["c", "b", "a", "b"], as: .document)
            #expect(await inner.texts == ["a", "b", "c"])
            #expect(Array(second[2]) == Array(first[0]))
            #expect(Array(second[1]) == Array(first[1]))
        }
    }

    @Test("survives being opened again, and is not shared between models")
    func persistence() async throws {
        try await withTemporaryFolder { folder in
            let file = "\(folder)/cache.sqlite"
            _ = try await EmbeddingCache(file: file, inFrontOf: CountingEmbedder()).embed(["a"], as: .document)
            let same = CountingEmbedder()
            _ = try await EmbeddingCache(file: file, inFrontOf: same).embed(["a"], as: .document)
            #expect(await same.texts.isEmpty)
            let other = CountingEmbedder(fingerprint: "other")
            _ = try await EmbeddingCache(file: file, inFrontOf: other).embed(["a"], as: .document)
            #expect(await other.texts == ["a"])
        }
    }

    @Test("keeps no queries")
    func queries() async throws {
        try await withTemporaryFolder { folder in
            let inner = CountingEmbedder()
            let cache = try EmbeddingCache(file: "\(folder)/cache.sqlite", inFrontOf: inner)
            for _ in 0..<2 { _ = try await cache.embed("secret", as: .query) }
            #expect(await inner.texts == ["secret", "secret"])
            let connection = try SQLiteConnection(file: "\(folder)/cache.sqlite")
            #expect(try connection.query("SELECT count(*) FROM vectors") { $0.int(0) } == [0])
        }
    }

    @Test("forgets the oldest beyond its capacity, and embeds a damaged entry again")
    func bounds() async throws {
        try await withTemporaryFolder { folder in
            let inner = CountingEmbedder()
            let cache = try EmbeddingCache(file: "\(folder)/cache.sqlite", inFrontOf: inner, capacity: 2)
            _ = try await cache.embed(["a", "b", "c"], as: .document)
            let connection = try SQLiteConnection(file: "\(folder)/cache.sqlite")
            #expect(try connection.query("SELECT count(*) FROM vectors") { $0.int(0) } == [2])
            try connection.execute("UPDATE vectors SET vector = x'00'")
            _ = try await cache.embed(["c"], as: .document)
            #expect(await inner.texts == ["a", "b", "c", "c"])
        }
    }
}

/// Gives each text a unit vector made from its bytes, and remembers what it was asked.
private actor CountingEmbedder: Embedder {
    nonisolated let model: EmbeddingModel
    private(set) var texts: [String] = []

    init(fingerprint: String = "counting") {
        model = EmbeddingModel(name: "counting", fingerprint: fingerprint, dimensions: 2)
    }

    func embed(_ texts: [String], as role: TextRole) -> EmbeddingMatrix {
        self.texts += texts
        var matrix = EmbeddingMatrix(dimensions: 2)
        for text in texts {
            let angle = Float(text.utf8.reduce(0) { ($0 * 31 + Int($1)) % 1_000 }) / 1_000
            matrix.append([angle, (1 - angle * angle).squareRoot()])
        }
        return matrix
    }
}
