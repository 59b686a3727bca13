import SkillCatalog

/// The default second stage: late interaction over token states, fused with what the first stage found.
///
/// Late interaction compares the query with each text token by token (Khattab and Zaharia, "ColBERT", SIGIR 2020), here
/// with the states of the sentence encoder, mean-centred, and in both directions: how far the text covers the query, and
/// how far the query covers the text and its name.
///
/// Each signal is turned into its z-score, so that none decides by its range alone, and the weighted sum orders the list.
/// The z-scores of late interaction are those within the shortlist; those of the first stage are half the ones over the
/// library and half the ones within the shortlist: the former do better on long texts, the latter on short ones.
package struct SignalFusion: Reranker {
    package let name = "late"
    private let weights: FusionWeights

    package init(weights: FusionWeights = .standard) {
        self.weights = weights
    }

    package func rerank(_ lists: [RankedList], in library: any SearchableLibrary) async throws -> [RankedList] {
        let projection = weights.usesTokens ? try await library.tokenProjection() : nil
        var ranked: [RankedList] = []
        for list in lists { ranked.append(try await rerank(list, in: library, projection)) }
        return ranked
    }

    private func rerank(
        _ list: RankedList,
        in library: any SearchableLibrary,
        _ projection: TokenProjection?
    ) async throws -> RankedList {
        // What lies beyond the pool keeps its order behind it.
        let pool = list.entries.prefix(weights.pool)
        guard !pool.isEmpty else { return list }
        let columns = try await columns(of: list, in: library, projection)
        var fused = Self.fuse(Array(pool), columns, weights)
        let least = fused.last?.score ?? 0
        for (depth, entry) in list.entries.dropFirst(weights.pool).enumerated() {
            fused.append(entry)
            fused[fused.count - 1].score = least - Double(depth + 1) * 1e-3
        }
        return RankedList(query: list.query, entries: fused)
    }

    /// The signals of a list's entries, as far as this stage looks.
    package func columns(of list: RankedList, in library: any SearchableLibrary) async throws -> [SignalColumn] {
        try await columns(of: list, in: library, library.tokenProjection())
    }

    private func columns(
        of list: RankedList,
        in library: any SearchableLibrary,
        _ projection: TokenProjection?
    ) async throws -> [SignalColumn] {
        let entries = list.entries.prefix(weights.pool)
        var overlaps: [Int64: TokenOverlap] = [:]
        if let projection, let tokens = list.query.tokens {
            let states = try await library.weighedStates(of: entries.map(\.found.number))
            overlaps = try await LateInteraction(projection).overlaps(of: tokens, with: states, in: library)
        }
        return Self.columns(entries.map(\.found), overlaps, weights)
    }

    static func columns(
        _ entries: [ShortlistEntry],
        _ overlaps: [Int64: TokenOverlap],
        _ weights: FusionWeights
    ) -> [SignalColumn] {
        var columns = [
            SignalColumn(.dense, entries.map(\.dense), blend: weights.blend(inPool:_:), entries.map(\.denseZ)),
            SignalColumn(.lexical, entries.map(\.lexical), blend: weights.blend(inPool:_:), entries.map(\.lexicalZ)),
        ]
        // Where many entries have no states, those few that have some would be judged by another measure than the rest.
        guard overlaps.count * 10 >= entries.count * 9, !overlaps.isEmpty else { return columns }
        let found = entries.map { overlaps[$0.number] }
        // An entry without states is taken for one like any other.
        func column(_ signal: Signal, _ value: (TokenOverlap) -> Double) -> SignalColumn {
            let known = found.map { $0.map(value) }
            let mean = SignalStatistics(known.compactMap(\.self)).mean
            return SignalColumn(signal, known.map { $0 ?? mean })
        }
        columns += [
            column(.queryCoverage, \.query), column(.textCoverage, \.text), column(.nameCoverage, \.name),
        ]
        return columns
    }

    /// The entries in the order of the weighted sum of their signals.
    static func fuse(_ entries: [RankedEntry], _ columns: [SignalColumn], _ weights: FusionWeights) -> [RankedEntry] {
        var fused = entries.map { RankedEntry(found: $0.found, score: 0) }
        for column in columns {
            for index in fused.indices {
                let share = weights[column.signal] * column.z[index]
                fused[index].values[column.signal] = column.values[index]
                fused[index].contributions[column.signal] = share
                fused[index].score += share
            }
        }
        weights.addKinship(to: &fused)
        return fused.sorted { $0.score > $1.score || ($0.score == $1.score && $0.found.number < $1.found.number) }
    }
}

/// One signal of all entries of a shortlist.
package struct SignalColumn: Sendable {
    package let signal: Signal
    /// As measured.
    package let values: [Double]
    /// Comparable with those of other signals.
    package let z: [Double]

    /// With z-scores within the shortlist.
    init(_ signal: Signal, _ values: [Double]) {
        let statistics = SignalStatistics(values)
        self.signal = signal
        self.values = values
        z = values.map(statistics.z)
    }

    /// With these, blended with z-scores over the library.
    init(_ signal: Signal, _ values: [Double], blend: (Double, Double) -> Double, _ overLibrary: [Double]) {
        let statistics = SignalStatistics(values)
        self.signal = signal
        self.values = values
        z = zip(values, overLibrary).map { blend(statistics.z($0), $1) }
    }
}
