import TextEmbedding

/// Builds a vector index from stored vectors, page by page.
enum VectorIndexBuilder {
    private static let pageSize = 4_096

    /// Hands out up to `limit` vectors with numbers greater than the one given, in order.
    typealias Page = (_ after: Int64, _ limit: Int) async throws -> [(number: Int64, vector: [UInt8])]

    /// Builds an exact index of the vectors with numbers above `start`.
    static func build(dimensions: Int, after start: Int64 = -1, page: Page) async throws -> FAISSIndex {
        let index = try FAISSIndex(dimensions: dimensions)
        try await fill(index, after: start, page: page)
        return index
    }

    /// Builds an index of a given shape.
    ///
    /// - Parameter lastNumber: the greatest number there may be; examples to train with are taken from the whole range.
    static func build(
        dimensions: Int,
        shape: IndexShape,
        lastNumber: Int64,
        page: Page
    ) async throws -> FAISSIndex {
        let index = try FAISSIndex(dimensions: dimensions, shape: shape)
        if shape.trainingCount > 0 {
            try await index.train(examples(dimensions, shape.trainingCount, lastNumber: lastNumber, page: page))
        }
        try await fill(index, after: -1, page: page)
        return index
    }

    private static func fill(_ index: FAISSIndex, after start: Int64, page: Page) async throws {
        var last = start
        while true {
            try Task.checkCancellation()
            let rows = try await page(last, pageSize)
            guard let end = rows.last else { return }
            try await index.add(matrix(rows, dimensions: index.dimensions), numbers: rows.map(\.number))
            last = end.number
        }
    }

    /// Vectors from evenly spaced stretches of the library, since neighbours in it are often alike.
    private static func examples(
        _ dimensions: Int,
        _ count: Int,
        lastNumber: Int64,
        page: Page
    ) async throws -> EmbeddingMatrix {
        let stretches = 64
        let length = (count + stretches - 1) / stretches
        var result = EmbeddingMatrix(dimensions: dimensions)
        var last: Int64 = -1
        for stretch in 0..<stretches {
            let start = max(last, lastNumber / Int64(stretches) * Int64(stretch) - 1)
            let rows = try await page(start, length)
            guard let end = rows.last else { break }
            for row in try matrix(rows, dimensions: dimensions).rowSlices { result.append(row) }
            last = end.number
        }
        return result
    }

    private static func matrix(
        _ rows: [(number: Int64, vector: [UInt8])],
        dimensions: Int
    ) throws(VectorIndexError) -> EmbeddingMatrix {
        var vectors = EmbeddingMatrix(dimensions: dimensions)
        for row in rows {
            let vector = row.vector.withUnsafeBytes(VectorBlob.decode)
            guard vector.count == dimensions else {
                throw VectorIndexError(
                    "stored vector \(row.number) has \(vector.count) values instead of \(dimensions); index the library again"
                )
            }
            vectors.append(vector)
        }
        return vectors
    }
}

extension EmbeddingMatrix {
    fileprivate var rowSlices: [ArraySlice<Float>] { (0..<rows).map { self[$0] } }
}
