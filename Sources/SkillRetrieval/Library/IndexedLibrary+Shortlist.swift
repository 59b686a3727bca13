import SkillCatalog
import TextEmbedding

extension IndexedLibrary {
    package func shortlist(
        _ queries: [RetrievalQuery],
        pool: Int,
        filter: SkillFilter,
        weights: FirstStageWeights
    ) async throws -> [Shortlist] {
        let gate = try await gate(filter)
        let searches = queries.map { FirstStage($0, of: signals, pool: pool, gate: gate, weights: weights) }
        var lists = [Shortlist](repeating: Shortlist(), count: queries.count)
        var unfinished = Array(queries.indices)
        // Known since the opening: each question to the index costs a change of threads.
        let stored = storedVectors
        var reach = min(stored, max(4 * pool, Self.leastReach))
        while !unfinished.isEmpty {
            var rows = EmbeddingMatrix(dimensions: summary.dimensions)
            for index in unfinished { rows.append(queries[index].vector) }
            var open: [Int] = []
            for (index, hits) in zip(unfinished, try await vectors.search(rows, top: reach)) {
                let isComplete = reach >= stored
                switch searches[index].select(hits, isComplete: isComplete) {
                case .shortlist(let list): lists[index] = list
                case .needsVectors(let numbers):
                    let known = try await cosines(of: numbers, with: queries[index])
                    lists[index] = searches[index].select(hits, known: known)
                case .needsMoreHits: open.append(index)
                }
            }
            unfinished = open
            reach = min(stored, reach * 4)
        }
        return lists
    }

    package func signals(of numbers: [Int64], for query: RetrievalQuery) async throws -> [ShortlistEntry] {
        let cosines = try await cosines(of: numbers, with: query)
        let search = FirstStage(query, of: signals, pool: 0, gate: FilterGate(), weights: .standard)
        return search.entries(
            numbers.compactMap { number in cosines[number].map { VectorHit(number: number, score: $0) } }
        )
    }

    /// Hits that are asked of the vector index at least, so that few entries have to be looked up one by one.
    private static var leastReach: Int { 256 }

    private func cosines(of numbers: [Int64], with query: RetrievalQuery) async throws -> [Int64: Float] {
        try await unitVectors(of: numbers).mapValues { vector in
            vector.count == query.vector.count ? VectorMath.dot(vector, query.vector, vector.count) : 0
        }
    }

    /// Says which entries pass a filter.
    private func gate(_ filter: SkillFilter) async throws -> FilterGate {
        var gate = FilterGate()
        if !filter.sources.isEmpty || !filter.tags.isEmpty {
            gate.skills = try await library.skillNumbers(sources: filter.sources, tags: filter.tags)
        }
        if filter.allowed != nil || !filter.denied.isEmpty {
            gate.entries = try await library.entryNumbers { filter.permits(skill: $0, tool: $1) }
        }
        return gate
    }
}
