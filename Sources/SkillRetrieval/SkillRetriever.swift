import SkillCatalog
package import TextEmbedding

/// Finds for each sub-task the skills, and their tools, that fit it best.
package struct SkillRetriever: Sendable {
    private let embedder: any Embedder
    private let library: any SearchableLibrary
    private let options: RetrievalOptions

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
        let queries = try await queries(texts)
        var lists = try await shortlists(queries, skills: top, filter: filter)
        for stage in options.stages { lists = try await stage.rerank(lists, in: library) }
        return try await candidates(lists, top: top)
    }

    private func queries(_ texts: [String]) async throws -> [RetrievalQuery] {
        let wordings = texts.map(QueryWording.wording)
        let vectors = try await embedder.embed(wordings, as: .query)
        return wordings.enumerated().map { RetrievalQuery(text: $1, vector: Array(vectors[$0])) }
    }

    /// The first stage, wide enough that each list names `skills` different ones wherever there are that many.
    private func shortlists(
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
                lists[index].entries = list.entries.map {
                    RankedEntry(found: $0, score: options.firstStage.score($0))
                }
            }
            // A skill with many tools can fill a list alone: the search widens until there are skills enough.
            unfinished = zip(unfinished, found).filter { index, list in
                list.entries.count == pool && Set(list.entries.lazy.map(\.skill)).count < skills
            }.map(\.0)
            pool *= 4
        }
        return lists
    }

    /// The skills behind the entries, each with its best score and the best of its tools.
    private func candidates(_ lists: [RankedList], top: Int) async throws -> [[Candidate]] {
        var found: [[Candidate]] = []
        for list in lists {
            let groups = SkillGroup.groups(list.entries).prefix(top)
            let entries = try await library.entries(groups.flatMap(\.numbers))
            var candidates: [Candidate] = []
            for group in groups {
                guard let best = entries[group.best.found.number] else { continue }
                var tool = group.tool.flatMap { entries[$0.found.number]?.tool }
                if tool == nil, best.toolCount > 0 { tool = try await bestTool(of: best, for: list.query) }
                candidates.append(Candidate(skill: best.skill, tool: tool, score: group.best.score))
            }
            found.append(candidates)
        }
        return found
    }

    /// The tool of a skill that none of the list's entries names.
    private func bestTool(of skill: IndexEntry, for query: RetrievalQuery) async throws -> String? {
        let numbers = try await library.entryNumbers(ofSkill: skill.skill)
        let signals = try await library.signals(of: numbers, for: query).filter(\.isTool)
        guard let best = signals.max(by: { options.firstStage.score($0) < options.firstStage.score($1) }) else {
            return try await library.skill(skill.skill)?.tools.first?.name
        }
        return try await library.entries([best.number])[best.number]?.tool
    }
}
