import TextEmbedding

/// Embeds each text once until it is told to forget, for batches in which texts recur.
actor RememberingEmbedder: Embedder {
    nonisolated let model: EmbeddingModel
    nonisolated var tokenEncoder: (any TokenEncoder)? { embedder.tokenEncoder }
    nonisolated var isSwappable: Bool { embedder.isSwappable }
    private let embedder: any Embedder
    private var rows: [Key: [Float]] = [:]

    private struct Key: Hashable {
        let text: String
        let role: TextRole
    }

    init(_ embedder: any Embedder) {
        self.embedder = embedder
        model = embedder.model
    }

    /// Begins a new batch.
    func forget() { rows = [:] }

    func embed(_ texts: [String], as role: TextRole) async throws -> EmbeddingMatrix {
        var missing: [String] = []
        var asked: Set<String> = []
        for text in texts where rows[Key(text: text, role: role)] == nil && asked.insert(text).inserted {
            missing.append(text)
        }
        let fresh = try await embedder.embed(missing, as: role)
        for (row, text) in missing.enumerated() { rows[Key(text: text, role: role)] = Array(fresh[row]) }
        var matrix = EmbeddingMatrix(dimensions: model.dimensions)
        for text in texts { matrix.append(rows[Key(text: text, role: role)] ?? []) }
        return matrix
    }
}
