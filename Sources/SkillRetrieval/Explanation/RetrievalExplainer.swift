import SkillCatalog

/// Explains results: which words, which tool, which signals.
package struct RetrievalExplainer: Sendable {
    private let retriever: SkillRetriever
    private let library: any SearchableLibrary

    package init(retriever: SkillRetriever, library: any SearchableLibrary) {
        self.retriever = retriever
        self.library = library
    }

    /// The first `top` results of a text, explained, best first.
    package func explain(_ text: String, top: Int, filter: SkillFilter = .everything) async throws -> [MatchExplanation]
    {
        guard let ranking = try await ranking(text, skills: 2 * top, filter: filter) else { return [] }
        var explanations: [MatchExplanation] = []
        for (place, group) in ranking.groups.prefix(top).enumerated() {
            explanations.append(try await explain(group.best, rank: place + 1, in: ranking))
        }
        return explanations
    }

    /// Why a skill is not the first result of a text.
    ///
    /// - Returns: nil for an id that is not in the library or that the filter excludes.
    package func explain(
        _ text: String,
        absenceOf skill: String,
        filter: SkillFilter = .everything
    ) async throws -> MatchExplanation? {
        guard let ranking = try await ranking(text, skills: 1, filter: filter) else { return nil }
        let numbers = Set(try await library.entryNumbers(ofSkill: skill))
        if let place = ranking.groups.firstIndex(where: { numbers.contains($0.best.found.number) }) {
            return try await explain(ranking.groups[place].best, rank: place + 1, in: ranking)
        }
        // Outside the shortlist only the first stage has something to say.
        var only = filter
        only.allowed = filter.permits(skill: skill, tool: nil) ? [skill] : []
        guard !numbers.isEmpty,
            let found = try await library.shortlist([ranking.query], pool: 1, filter: only, weights: .standard)
                .first?.entries.first
        else { return nil }
        return try await explain(RankedEntry(found, weights: .standard), rank: nil, in: ranking)
    }

    /// One text with everything that was found for it.
    private struct Ranking {
        var query: RetrievalQuery
        var groups: [SkillGroup]
        var relevance: [Double]
        var first: RankedEntry?
    }

    private func ranking(_ text: String, skills: Int, filter: SkillFilter) async throws -> Ranking? {
        let queries = try await retriever.read([text])
        guard let list = try await retriever.rank(queries, skills: skills, filter: filter).first else { return nil }
        var groups = SkillGroup.groups(list.entries)
        var relevance = retriever.options.calibration.relevance(of: groups.map(\.best))
        let preferences = retriever.options.preferences
        if !preferences.isEmpty {
            let entries = try await library.entries(groups.map(\.best.found.number))
            let skills = groups.map { entries[$0.best.found.number]?.skill ?? "" }
            let order = preferences.order(skills, scores: relevance)
            (groups, relevance) = (order.map { groups[$0.place] }, order.map(\.score))
        }
        return Ranking(query: list.query, groups: groups, relevance: relevance, first: groups.first?.best)
    }

    private func explain(_ entry: RankedEntry, rank: Int?, in ranking: Ranking) async throws -> MatchExplanation {
        let names = try await library.entries([entry.found.number])[entry.found.number]
        let first = rank == 1 ? nil : ranking.first
        // Beyond the shortlist nothing but the first stage was measured; the first result is then shown by it too.
        let compared = rank == nil ? first.map { RankedEntry($0.found, weights: .standard) } : first
        let signals = Signal.allCases.compactMap { signal in
            entry.contributions[signal].map { share in
                MatchExplanation.SignalShare(
                    signal: signal,
                    value: entry.values[signal] ?? share,
                    share: share,
                    shareOfFirst: compared.map { $0.contributions[signal] ?? 0 }
                )
            }
        }
        return MatchExplanation(
            skill: names?.skill ?? "",
            tool: names?.tool,
            rank: rank,
            relevance: rank.map { ranking.relevance[$0 - 1] },
            signals: signals.sorted { $0.share > $1.share },
            rule: names.flatMap { retriever.options.preferences.rules[$0.skill] },
            words: try await words(of: ranking.query, for: entry.found.number, names?.text)
        )
    }

    private func words(
        of query: RetrievalQuery,
        for number: Int64,
        _ text: IndexedText?
    ) async throws -> [MatchExplanation.WordShare] {
        let shares = try await library.wordShares(of: query.terms, number: number)
        var nearest: [(bytes: Range<Int>, similarity: Double)] = []
        if let tokens = query.tokens, let projection = try await library.tokenProjection(),
            let states = try await library.tokenStates(of: [number])[number]
        {
            let late = LateInteraction(projection)
            nearest = zip(tokens.bytes, late.nearest(of: tokens, in: states)).map { ($0, $1) }
        }
        var seen: Set<String> = []
        var words: [MatchExplanation.WordShare] = []
        for (word, bytes) in QueryWords.words(of: query.text) {
            guard let term = TermExtractor.indexing.terms(in: word).first, seen.insert(term).inserted else { continue }
            let near = nearest.filter { bytes.overlaps($0.bytes) }.map(\.similarity)
            words.append(
                MatchExplanation.WordShare(
                    word: word,
                    lexical: shares[term] ?? 0,
                    nearest: near.isEmpty ? nil : near.reduce(0, +) / Double(near.count)
                )
            )
        }
        return words.sorted { ($0.lexical, $0.nearest ?? 0) > ($1.lexical, $1.nearest ?? 0) }
    }
}

/// The words of a query as they are written.
enum QueryWords {
    /// Runs of letters and digits with their places in UTF-8.
    static func words(of text: String) -> [(word: String, bytes: Range<Int>)] {
        var words: [(String, Range<Int>)] = []
        var word = ""
        var start = 0
        var position = 0
        for scalar in text.unicodeScalars {
            if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
                if word.isEmpty { start = position }
                word.unicodeScalars.append(scalar)
            } else if !word.isEmpty {
                words.append((word, start..<position))
                word = ""
            }
            position += UTF8.width(scalar)
        }
        if !word.isEmpty { words.append((word, start..<position)) }
        return words
    }
}
