import TextEmbedding

/// Builds a vector index from stored vectors, page by page.
enum VectorIndexBuilder {
    private static let pageSize = 4_096

    /// - Parameter page: returns up to `limit` vectors with numbers greater than the one given, in order.
    static func build(
        dimensions: Int,
        page: (_ after: Int64, _ limit: Int) async throws -> [(number: Int64, vector: [UInt8])]
    ) async throws -> FAISSIndex {
        let index = try FAISSIndex(dimensions: dimensions)
        var last: Int64 = -1
        while true {
            try Task.checkCancellation()
            let rows = try await page(last, pageSize)
            guard let end = rows.last else { return index }
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
            try await index.add(vectors, numbers: rows.map(\.number))
            last = end.number
        }
    }
}
