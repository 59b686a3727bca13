import Glibc
package import SkillRetrieval

/// A ranking of library ids, and how well it finds the right ones.
package struct RankedRetrieval: Sendable, Hashable {
    /// Best first, without repetition.
    package let ranking: [String]

    /// A ranking that stands as it is; of an id that occurs twice the first place counts.
    package init(inOrder ranking: [String]) {
        var seen: Set<String> = []
        self.ranking = ranking.filter { seen.insert($0).inserted }
    }

    /// Candidates ordered by score; of equal scores the smaller id comes first, so that the order is always the same.
    ///
    /// Scores that are not a number come last. Use it where all scores come from one stage; a list whose head was
    /// reranked stands as it is.
    package init(byScore candidates: [Candidate]) {
        let sorted = candidates.sorted { left, right in
            if left.score.isNaN != right.score.isNaN { return right.score.isNaN }
            if left.score != right.score, !left.score.isNaN { return left.score > right.score }
            return left.skill < right.skill
        }
        self.init(inOrder: sorted.map(\.skill))
    }

    /// Share of the right ids among the first k; 0 where nothing is right.
    package func recall(at k: Int, gold: Set<String>) -> Double {
        guard !gold.isEmpty else { return 0 }
        return Double(ranking.prefix(k).count { gold.contains($0) }) / Double(gold.count)
    }

    /// One over the rank of the first right id; 0 where none is ranked.
    package func reciprocalRank(gold: Set<String>) -> Double {
        ranking.firstIndex { gold.contains($0) }.map { 1 / Double($0 + 1) } ?? 0
    }

    /// Discounted gain of the first k relative to the best possible order, every right id counting the same.
    ///
    /// The discount of rank r is log2(r + 1); the best order has min(k, number of right ids) of them at the top.
    package func normalizedGain(at k: Int, gold: Set<String>) -> Double {
        guard !gold.isEmpty, k > 0 else { return 0 }
        let gain = ranking.prefix(k).enumerated().reduce(0) { sum, place in
            gold.contains(place.element) ? sum + Self.discount(place.offset) : sum
        }
        let best = (0..<min(k, gold.count)).reduce(0) { $0 + Self.discount($1) }
        return gain / best
    }

    /// The weight of a place, from 0.
    private static func discount(_ place: Int) -> Double { 1 / log2(Double(place) + 2) }
}
