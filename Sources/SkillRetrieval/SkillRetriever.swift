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
        let queries = try await embedder.embed(texts.map(QueryWording.wording), as: .query)
        let stored = await vectors.count
        var ranked = [[Candidate]](repeating: [], count: queries.rows)
        var unfinished = Array(0..<queries.rows)
        // A skill may own many entries, so the search widens for the texts that found too few different skills.
        var reach = top * 4
        while !unfinished.isEmpty {
            var rows = EmbeddingMatrix(dimensions: queries.dimensions)
            for row in unfinished { rows.append(queries[row]) }
            let found = try await vectors.search(rows, top: reach)
            for (row, hits) in zip(unfinished, found) {
                ranked[row] = try await bestPerSkill(hits, query: queries[row], top: top)
            }
            unfinished = reach >= stored ? [] : unfinished.filter { ranked[$0].count < top }
            reach *= 4
        }
        return ranked
    }

    /// The skills behind the hits, each with its best score and the best of its tools.
    private func bestPerSkill(
        _ hits: [VectorHit],
        query: ArraySlice<Float>,
        top: Int
    ) async throws -> [Candidate] {
        let entries = try await library.entries(hits.map(\.number))
        var places: [String: Int] = [:]
        var best: [Candidate] = []
        var lacksTool: Set<Int> = []
        for hit in hits {
            guard let entry = entries[hit.number] else { continue }
            if let place = places[entry.skill] {
                // A later, lower hit only adds the tool that the skill's own entry does not name.
                if let tool = entry.tool, lacksTool.remove(place) != nil { best[place].tool = tool }
            } else if best.count < top {
                let place = best.count
                places[entry.skill] = place
                best.append(Candidate(skill: entry.skill, tool: entry.tool, score: Double(hit.score)))
                if entry.tool == nil, entry.toolCount > 0 { lacksTool.insert(place) }
            }
        }
        for place in lacksTool {
            let tools = try await library.toolVectors(of: best[place].skill)
            best[place].tool = tools.max { similarity($0.vector, query) < similarity($1.vector, query) }?.tool
        }
        return best
    }

    private func similarity(_ vector: [UInt8], _ query: ArraySlice<Float>) -> Float {
        zip(vector.withUnsafeBytes(VectorBlob.decode), query).reduce(0) { $0 + $1.0 * $1.1 }
    }
}
