import Storage
import TextEmbedding

/// Embeds a batch once, however many runs ask for it: gold steps, and the steps of systems that split alike.
///
/// Whole batches are remembered, not texts: a vector depends a little on the company its text was embedded in, and
/// figures must not depend on which run came first.
actor BatchMemory: Embedder {
    nonisolated let model: EmbeddingModel
    nonisolated var tokenEncoder: (any TokenEncoder)? { embedder.tokenEncoder }
    nonisolated var isSwappable: Bool { embedder.isSwappable }
    private let embedder: any Embedder
    private var batches: [ContentHash: EmbeddingMatrix] = [:]
    private var rows = 0

    /// Rows kept, some 150 MB of vectors of a small encoder; beyond, everything is forgotten.
    private static let capacity = 100_000

    init(_ embedder: any Embedder) {
        self.embedder = embedder
        model = embedder.model
    }

    func embed(_ texts: [String], as role: TextRole) async throws -> EmbeddingMatrix {
        let lengths = texts.map { "\($0.utf8.count)" }.joined(separator: " ")
        let key = ContentHash(of: "\(role.rawValue) \(lengths)\n" + texts.joined())
        if let known = batches[key] { return known }
        let matrix = try await embedder.embed(texts, as: role)
        if rows + matrix.rows > Self.capacity { (batches, rows) = ([:], 0) }
        batches[key] = matrix
        rows += matrix.rows
        return matrix
    }
}
