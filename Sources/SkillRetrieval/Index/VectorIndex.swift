package import TextEmbedding

/// Finds the stored vectors with the largest inner products.
///
/// Contract, held by one test suite: hits come best first, ties in no fixed order; at most as many as there are
/// vectors; a query of another length is an error, not a crash.
package protocol VectorIndex: Sendable {
    /// Length of every vector.
    nonisolated var dimensions: Int { get }
    /// How many vectors are stored.
    var count: Int { get async }

    /// The `top` best entries for each row of `queries`.
    func search(_ queries: EmbeddingMatrix, top: Int) async throws -> [[VectorHit]]
}

/// One entry found, with its inner product.
package struct VectorHit: Sendable, Hashable {
    package var number: Int64
    package var score: Float

    package init(number: Int64, score: Float) {
        self.number = number
        self.score = score
    }
}

/// Why a vector index cannot answer.
package struct VectorIndexError: Error, Sendable, Hashable, CustomStringConvertible {
    package var description: String

    package init(_ message: String) { description = message }
}
