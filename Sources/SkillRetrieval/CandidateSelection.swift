import SkillCatalog

/// Makes candidates of ranked entries: each skill once, with the best of its tools and a calibrated relevance.
struct CandidateSelection: Sendable {
    private let library: any SearchableLibrary
    private let options: RetrievalOptions

    init(_ library: any SearchableLibrary, _ options: RetrievalOptions) {
        self.library = library
        self.options = options
    }

    /// One list of at most `top` candidates for each ranked list.
    func candidates(_ lists: [RankedList], top: Int) async throws -> [[Candidate]] {
        var found: [[Candidate]] = []
        for list in lists {
            let groups = Array(SkillGroup.groups(list.entries).prefix(top))
            let entries = try await library.entries(groups.flatMap(\.numbers))
            let relevance = options.calibration.relevance(of: groups.map(\.best))
            var candidates: [Candidate] = []
            for (group, relevance) in zip(groups, relevance) {
                guard let best = entries[group.best.found.number] else { continue }
                var tools = tools(of: group, entries, relevance: relevance)
                var tool = tools.isEmpty ? nil : tools.removeFirst().tool
                if tool == nil, best.toolCount > 0 { tool = try await bestTool(of: best, for: list.query) }
                candidates.append(Candidate(skill: best.skill, tool: tool, score: relevance, alternatives: tools))
            }
            found.append(candidates)
        }
        return found
    }

    /// The tools of a group by name, each as far below the skill's relevance as it is below the first of them.
    private func tools(
        of group: SkillGroup,
        _ entries: [Int64: IndexEntry],
        relevance: Double
    ) -> [ToolAlternative] {
        let relevances = options.calibration.relevance(of: group.tools)
        let best = max(relevances.first ?? 0, .leastNormalMagnitude)
        return zip(group.tools, relevances).compactMap { tool, own in
            (entries[tool.found.number]?.tool).map { ToolAlternative(tool: $0, score: relevance * own / best) }
        }
    }

    /// The tool of a skill that none of the list's entries names.
    private func bestTool(of skill: IndexEntry, for query: RetrievalQuery) async throws -> String? {
        let numbers = try await library.entryNumbers(ofSkill: skill.skill)
        if numbers.count > 1 {
            let signals = try await library.signals(of: numbers, for: query).filter(\.isTool)
            let best = signals.max { options.firstStage.score($0) < options.firstStage.score($1) }
            if let best { return try await library.entries([best.number])[best.number]?.tool }
        }
        return try await library.skill(skill.skill)?.tools.first?.name
    }
}
