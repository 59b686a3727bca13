import Storage

/// The first stage for one query: words and vectors, fused.
///
/// The entries that words put forward and the vector index does not mention are looked up only where they could still
/// reach the shortlist: what the index left out cannot be nearer than its last hit.
struct FirstStage: Sendable {
    enum Outcome: Sendable {
        case shortlist(Shortlist)
        /// Entries whose cosines have to be known first.
        case needsVectors([Int64])
        /// Too few hits passed the filter.
        case needsMoreHits
    }

    /// Most entries whose cosines are looked up one by one, those with the best words: a small library never has as many,
    /// and of a million some thousand may share a query's words.
    private static let mostLookUps = 512

    private let signals: LibrarySignals
    private let pool: Int
    private let gate: FilterGate
    private let weights: FirstStageWeights
    private let matches: WordMatches
    private let words: SignalStatistics
    private let vectors: SignalStatistics

    init(
        _ query: RetrievalQuery,
        of signals: LibrarySignals,
        pool: Int,
        gate: FilterGate,
        weights: FirstStageWeights
    ) {
        self.signals = signals
        self.pool = pool
        self.gate = gate
        self.weights = weights
        matches = signals.match(query.terms)
        words = matches.statistics
        vectors = signals.denseStatistics(of: query.vector)
    }

    /// What the hits of the vector index and the words come to.
    ///
    /// - Parameter isComplete: whether the index was asked for all its entries.
    func select(_ hits: [VectorHit], isComplete: Bool) -> Outcome {
        let found = entries(hits)
        var passing = found.filter(gate.admits)
        if passing.count < pool, !isComplete { return .needsMoreHits }
        passing.sort(by: precedes)
        guard !isComplete, let last = hits.last, weights.lexical > 0 else {
            return .shortlist(Shortlist(entries: Array(passing.prefix(pool))))
        }
        let threshold = passing.count >= pool ? weights.score(passing[pool - 1]) : -.infinity
        let bound = weights.dense * vectors.z(Double(last.score))
        var seen = Set<Int>(minimumCapacity: hits.count)
        let numbers: [Int64] = signals.withEntries { entries in
            for hit in hits { if let place = entries.place(of: hit.number) { seen.insert(place) } }
            let reaching = matches.touched.filter { place in
                let most = bound + weights.lexical * words.z(Double(matches.scores[place]))
                return most > threshold && !seen.contains(place)
            }
            guard reaching.count > Self.mostLookUps else { return reaching.map { entries[$0].number } }
            let best = reaching.sorted { matches.scores[$0] > matches.scores[$1] }
            return best.prefix(Self.mostLookUps).map { entries[$0].number }
        }
        return numbers.isEmpty
            ? .shortlist(Shortlist(entries: Array(passing.prefix(pool)))) : .needsVectors(numbers)
    }

    /// The shortlist once the missing cosines are known.
    func select(_ hits: [VectorHit], known: [Int64: Float]) -> Shortlist {
        let more = known.map { VectorHit(number: $0.key, score: $0.value) }
        let passing = entries(hits + more).filter(gate.admits).sorted(by: precedes)
        return Shortlist(entries: Array(passing.prefix(pool)))
    }

    /// Hits with what the words say about them; those that are no longer in the library are left out.
    func entries(_ hits: [VectorHit]) -> [ShortlistEntry] {
        signals.withEntries { entries in
            hits.compactMap { hit in
                guard let place = entries.place(of: hit.number) else { return nil }
                let entry = entries[place]
                let lexical = Double(matches.scores[place])
                return ShortlistEntry(
                    number: hit.number,
                    skill: entry.skill,
                    isTool: entry.isTool,
                    dense: Double(hit.score),
                    denseZ: vectors.z(Double(hit.score)),
                    lexical: lexical,
                    lexicalZ: words.z(lexical)
                )
            }
        }
    }

    /// Best first; of equals the one that was indexed first.
    private func precedes(_ first: ShortlistEntry, _ second: ShortlistEntry) -> Bool {
        let (left, right) = (weights.score(first), weights.score(second))
        return left > right || (left == right && first.number < second.number)
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
