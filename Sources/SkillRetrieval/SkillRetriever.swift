import SkillCatalog
package import TextEmbedding

/// Finds for each sub-task the skills, and their tools, that fit it best.
package struct SkillRetriever: Sendable {
    private let embedder: any Embedder
    private let library: any SearchableLibrary
    let options: RetrievalOptions

    package init(
        embedder: any Embedder,
        library: any SearchableLibrary,
        options: RetrievalOptions = RetrievalOptions()
    ) {
        self.embedder = embedder
        self.library = library
        self.options = options
    }

    /// The same retriever with one more stage after the others.
    package func adding(_ stage: any Reranker) -> SkillRetriever {
        var options = options
        options.stages.append(stage)
        return SkillRetriever(embedder: embedder, library: library, options: options)
    }

    /// The `top` best candidates of each text, best first, each skill at most once.
    package func candidates(
        for texts: [String],
        top: Int,
        filter: SkillFilter = .everything
    ) async throws -> [[Candidate]] {
        try await candidates(forQueries: try await read(texts), top: top, filter: filter)
    }

    /// The same for texts that were read before.
    package func candidates(
        forQueries queries: [RetrievalQuery],
        top: Int,
        filter: SkillFilter = .everything
    ) async throws -> [[Candidate]] {
        // A rule can bring a skill forward from behind the last place that is asked for.
        let reach = options.preferences.isEmpty ? top : max(2 * top, 10)
        let lists = try await rank(queries, skills: reach, filter: filter)
        return try await CandidateSelection(library, options).candidates(lists, top: reach)
            .map { Array(options.preferences.applied(to: $0).prefix(top)) }
    }

    /// Reads texts for all stages.
    package func read(_ texts: [String]) async throws -> [RetrievalQuery] {
        let wordings = texts.map(QueryWording.wording)
        if !options.stages.isEmpty, let encoder = embedder.tokenEncoder {
            let encoded = try await encoder.encode(wordings, as: .query)
            return zip(wordings, encoded).map { RetrievalQuery(text: $0, encoded: $1) }
        }
        let vectors = try await embedder.embed(wordings, as: .query)
        return wordings.enumerated().map { RetrievalQuery(text: $1, vector: Array(vectors[$0])) }
    }

    /// All stages, one after the other: for each query the entries found, best first.
    ///
    /// - Parameter skills: how many different skills a list names at least, wherever there are that many.
    package func rank(
        _ queries: [RetrievalQuery],
        skills: Int,
        filter: SkillFilter = .everything
    ) async throws -> [RankedList] {
        var lists = try await shortlists(queries, skills: skills, filter: filter)
        for stage in options.stages { lists = try await stage.rerank(lists, in: library) }
        return lists
    }

    /// The first stage, wide enough that each list names `skills` different ones wherever there are that many.
    package func shortlists(
        _ queries: [RetrievalQuery],
        skills: Int,
        filter: SkillFilter
    ) async throws -> [RankedList] {
        var lists = queries.map { RankedList(query: $0, entries: []) }
        var unfinished = Array(lists.indices)
        var pool = max(options.pool, skills)
        while !unfinished.isEmpty {
            let found = try await library.shortlist(
                unfinished.map { queries[$0] },
                pool: pool,
                filter: filter,
                weights: options.firstStage
            )
            for (index, list) in zip(unfinished, found) {
                lists[index].entries = list.entries.map { RankedEntry($0, weights: options.firstStage) }
            }
            // A skill with many tools can fill a list alone: the search widens until there are skills enough.
            unfinished = zip(unfinished, found).filter { index, list in
                list.entries.count == pool && Set(list.entries.lazy.map(\.skill)).count < skills
            }.map(\.0)
            pool *= 4
        }
        return lists
    }
}
