import TestSupport
import Testing
import TextEmbedding

@testable import SkillRetrieval

@Suite("The shape of an index")
struct IndexShapeTests {
    @Test(
        "follows from the size of the library, unless one is named",
        arguments: [
            (100, nil, IndexKind.flat), (50_000, nil, .flat), (50_001, nil, .ivf), (1_000_000, nil, .ivf),
            (10_000_000, nil, .ivfpq), (100, .hnsw, .hnsw), (10_000_000, .flat, .flat),
        ] as [(Int, IndexKind?, IndexKind)]
    )
    func kinds(count: Int, named: IndexKind?, expected: IndexKind) {
        #expect(IndexPolicy(kind: named).kind(for: count) == expected)
    }

    /// Lowest recall@10 against exact search that each shape must reach on 2,000 clustered vectors.
    @Test(
        "is searched like the exact index, as far as its precision goes, also after it was written and read",
        arguments: [
            (IndexKind.flat, VectorPrecision.float16, 0.97), (.flat, .int8, 0.9), (.hnsw, .float32, 0.98),
            (.ivf, .float32, 0.95), (.ivf, .int8, 0.85),
            (.hnsw, .float16, 0.97), (.hnsw, .int8, 0.9), (.ivfpq, .float32, 0.5),
        ]
    )
    func recall(kind: IndexKind, precision: VectorPrecision, least: Double) async throws {
        let stored = Self.clustered(2_000)
        let numbers = (0..<2_000).map { Int64($0 * 3) }
        let exact = try FAISSIndex(dimensions: 32)
        try await exact.add(stored, numbers: numbers)
        var shape = IndexPolicy(kind: kind, precision: precision).shape(for: 2_000, dimensions: 32)
        // Few lists of so few vectors would hold hardly any neighbours.
        if kind == .ivfpq { shape.parameters["nprobe"] = 64 }
        let index = try await VectorIndexBuilder.build(dimensions: 32, shape: shape, lastNumber: 5_997) {
            after,
            limit in
            let first = numbers.firstIndex { $0 > after } ?? numbers.count
            return numbers[first...].prefix(limit).enumerated().map { offset, number in
                (number: number, vector: VectorBlob.encode(stored[first + offset]))
            }
        }
        let queries = Self.clustered(50, seed: 9)
        let truth = try await exact.search(queries, top: 10).map { Set($0.map(\.number)) }
        try await withTemporaryFolder { folder in
            try await index.write(to: "\(folder)/v.faiss")
            for searched in [index, try FAISSIndex(file: "\(folder)/v.faiss")] {
                let found = try await searched.search(queries, top: 10).map { Set($0.map(\.number)) }
                let hits = zip(truth, found).reduce(0) { $0 + $1.0.intersection($1.1).count }
                #expect(Double(hits) / 500 >= least)
                #expect(await searched.lastNumber == 5_997)
                #expect(await searched.count == 2_000)
            }
        }
    }

    /// Unit vectors around 40 centres.
    private static func clustered(_ count: Int, seed: UInt64 = 5) -> EmbeddingMatrix {
        var places = SeededGenerator(seed: 1)
        let centres = (0..<40).map { _ in (0..<32).map { _ in Float.random(in: -1...1, using: &places) } }
        var generator = SeededGenerator(seed: seed)
        var matrix = EmbeddingMatrix(dimensions: 32)
        for _ in 0..<count {
            let centre = centres[Int.random(in: 0..<40, using: &generator)]
            let values = centre.map { $0 + Float.random(in: -0.5...0.5, using: &generator) }
            let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
            matrix.append(values.map { $0 / length })
        }
        return matrix
    }
}
