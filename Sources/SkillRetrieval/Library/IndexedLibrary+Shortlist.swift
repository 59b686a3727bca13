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
        var rows = EmbeddingMatrix(dimensions: summary.dimensions)
        for query in queries { rows.append(query.vector) }
        var lists = [Shortlist](repeating: Shortlist(), count: queries.count)
        var unfinished = Array(queries.indices)
        var reach = pool
        while !unfinished.isEmpty {
            var open = EmbeddingMatrix(dimensions: rows.dimensions)
            for row in unfinished { open.append(rows[row]) }
            for (row, hits) in zip(unfinished, try await vectors.search(open, top: reach)) {
                let entries = hits.compactMap { entry($0) }.filter { gate.admits($0) }
                lists[row] = Shortlist(entries: Array(entries.prefix(pool)))
            }
            unfinished = reach >= owners.count ? [] : unfinished.filter { lists[$0].entries.count < pool }
            reach *= 4
        }
        return lists
    }

    package func signals(of numbers: [Int64], for query: RetrievalQuery) async throws -> [ShortlistEntry] {
        let stored = try await library.vectors(of: numbers)
        return numbers.compactMap { number in
            guard let bytes = stored[number] else { return nil }
            let vector = bytes.withUnsafeBytes(VectorBlob.decode)
            return entry(VectorHit(number: number, score: zip(vector, query.vector).reduce(0) { $0 + $1.0 * $1.1 }))
        }
    }

    private func entry(_ hit: VectorHit) -> ShortlistEntry? {
        owners[hit.number].map { owner in
            ShortlistEntry(
                number: hit.number,
                skill: owner.skill,
                isTool: owner.isTool,
                dense: Double(hit.score),
                denseZ: Double(hit.score),
                lexical: 0,
                lexicalZ: 0
            )
        }
    }

    /// Says which entries pass a filter.
    private func gate(_ filter: SkillFilter) async throws -> FilterGate {
        guard !filter.isEmpty else { return FilterGate() }
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

/// A filter turned into numbers.
struct FilterGate: Sendable {
    /// Skills that pass; nil for all.
    var skills: Set<Int64>?
    /// Entries that pass; nil for all.
    var entries: Set<Int64>?

    func admits(_ entry: ShortlistEntry) -> Bool {
        skills?.contains(entry.skill) ?? true && entries?.contains(entry.number) ?? true
    }
}
