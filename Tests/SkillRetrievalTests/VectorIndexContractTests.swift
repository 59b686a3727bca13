import TestSupport
import Testing
import TextEmbedding

@testable import SkillRetrieval

@Suite("A vector index")
struct VectorIndexContractTests {
    private let vectors = EmbeddingMatrix(dimensions: 3, values: [1, 0, 0, 0, 1, 0, 0, 0.6, 0.8, -1, 0, 0])
    private let numbers: [Int64] = [10, 20, 30, 1 << 40]

    private func filled() async throws -> FAISSIndex {
        let index = try FAISSIndex(dimensions: 3)
        try await index.add(vectors, numbers: numbers)
        return index
    }

    @Test(
        "finds the largest inner products, best first",
        arguments: [
            ([1, 0, 0] as [Float], [10, 20] as [Int64]), ([0, 1, 0], [20, 30]), ([0, 0, 1], [30, 10]),
            ([-1, 0, 0], [1 << 40, 20]),
        ]
    )
    func search(query: [Float], best: [Int64]) async throws {
        let hits = try await filled().search(EmbeddingMatrix(dimensions: 3, values: query), top: 2)
        #expect(hits[0].first?.number == best[0])
        #expect(hits[0].count == 2)
        #expect(hits[0][0].score >= hits[0][1].score)
    }

    @Test("answers several queries at once, with at most as many hits as it has vectors")
    func many() async throws {
        let hits = try await filled().search(vectors, top: 100)
        #expect(hits.map(\.count) == [4, 4, 4, 4])
        #expect(hits.compactMap(\.first?.number) == numbers)
    }

    @Test("agrees with an exhaustive comparison on random vectors")
    func reference() async throws {
        var generator = SeededGenerator(seed: 7)
        let values = (0..<200 * 16).map { _ in Float.random(in: -1...1, using: &generator) }
        let stored = EmbeddingMatrix(dimensions: 16, values: values)
        let index = try FAISSIndex(dimensions: 16)
        try await index.add(stored, numbers: (0..<200).map(Int64.init))
        for row in stride(from: 0, to: 200, by: 17) {
            let scores = (0..<200).map { other in zip(stored[row], stored[other]).reduce(0) { $0 + $1.0 * $1.1 } }
            let expected = (0..<200).sorted { scores[$0] > scores[$1] }.prefix(10).map(Int64.init)
            let query = EmbeddingMatrix(dimensions: 16, values: Array(stored[row]))
            #expect(try await index.search(query, top: 10)[0].map(\.number) == expected)
        }
    }

    @Test("is the same after writing and reading its file")
    func persistence() async throws {
        try await withTemporaryFolder { folder in
            let index = try await filled()
            try await index.write(to: "\(folder)/v.faiss")
            let read = try FAISSIndex(file: "\(folder)/v.faiss")
            #expect(read.dimensions == 3)
            #expect(await read.count == 4)
            #expect(try await read.search(vectors, top: 4) == index.search(vectors, top: 4))
        }
    }

    @Test("refuses what does not fit, without a crash")
    func wrongInput() async throws {
        let index = try await filled()
        let four = EmbeddingMatrix(dimensions: 4, values: [1, 0, 0, 0])
        await #expect(throws: VectorIndexError.self) { try await index.search(four, top: 1) }
        await #expect(throws: VectorIndexError.self) { try await index.add(four, numbers: [1]) }
        await #expect(throws: VectorIndexError.self) {
            try await index.add(EmbeddingMatrix(dimensions: 3, values: [.nan, 0, 0]), numbers: [1])
        }
        #expect(try await index.search(EmbeddingMatrix(dimensions: 3), top: 5).isEmpty)
        #expect(try await FAISSIndex(dimensions: 3).search(vectors, top: 5) == [[], [], [], []])
    }

    @Test("says which file is damaged or missing", arguments: ["garbage", nil])
    func damagedFile(content: String?) async throws {
        try await withTemporaryFolder { folder in
            let file = "\(folder)/v.faiss"
            if let content { try write(content, to: file) }
            let error = #expect(throws: VectorIndexError.self) { try FAISSIndex(file: file) }
            #expect(error?.description.contains(file) == true)
        }
    }
}
