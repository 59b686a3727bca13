import SkillCatalog
package import TextEmbedding

/// Finds for each sub-task the skills, and their tools, that fit it best.
package struct SkillRetriever: Sendable {
    private let embedder: any Embedder
    private let library: SkillLibrary
    private let vectors: any VectorIndex

    package init(embedder: any Embedder, library: IndexedLibrary) {
        self.embedder = embedder
        self.library = library.library
        vectors = library.vectors
    }

    /// The `top` best candidates of each text, best first, each skill at most once.
    package func candidates(for texts: [String], top: Int) async throws -> [[Candidate]] {
        let queries = try await embedder.embed(texts, as: .query)
        var ranked: [[Candidate]] = []
        for row in 0..<queries.rows {
            ranked.append(try await candidates(for: Array(queries[row]), top: top))
        }
        return ranked
    }

    /// A skill may own many entries, so the search widens until enough different skills are found.
    private func candidates(for query: [Float], top: Int) async throws -> [Candidate] {
        let matrix = EmbeddingMatrix(dimensions: query.count, values: query)
        let stored = await vectors.count
        var reach = top * 4
        while true {
            let hits = try await vectors.search(matrix, top: reach).first ?? []
            let best = try await bestPerSkill(hits, top: top)
            if best.count >= top || reach >= stored { return try await withTools(best, query: query) }
            reach *= 4
        }
    }

    private func bestPerSkill(_ hits: [VectorHit], top: Int) async throws -> [Candidate] {
        let entries = try await library.entries(hits.map(\.number))
        var places: [String: Int] = [:]
        var best: [Candidate] = []
        for hit in hits {
            guard let entry = entries[hit.number] else { continue }
            if let place = places[entry.skill] {
                // A later, lower hit only adds the tool that the skill's own entry does not name.
                if best[place].tool == nil { best[place].tool = entry.tool }
            } else if best.count < top {
                places[entry.skill] = best.count
                best.append(Candidate(skill: entry.skill, tool: entry.tool, score: Double(hit.score)))
            }
        }
        return best
    }

    /// Names the best tool of each skill whose tools were not among the hits.
    private func withTools(_ candidates: [Candidate], query: [Float]) async throws -> [Candidate] {
        var complete = candidates
        for index in complete.indices where complete[index].tool == nil {
            let tools = try await library.toolVectors(of: complete[index].skill)
            complete[index].tool = tools.max { similarity($0.vector, query) < similarity($1.vector, query) }?.tool
        }
        return complete
    }

    private func similarity(_ vector: [UInt8], _ query: [Float]) -> Float {
        zip(vector.withUnsafeBytes(VectorBlob.decode), query).reduce(0) { $0 + $1.0 * $1.1 }
    }
}
