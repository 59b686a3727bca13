package import SkillRetrieval

/// How well the candidates of predicted steps hit the categories of gold steps, aligned by position.
///
/// Predicted step i answers gold step i. A gold step beyond the predicted ones, or whose prediction has no candidate, is
/// a miss. Predicted steps beyond the gold ones have nothing to answer: they change no recall, but break the chain.
/// Source: arXiv 2606.18051, CatR@k and Chain_cat.
package struct CategoryRecall: Sendable, Hashable {
    /// For each gold step the rank, from 1, of the first candidate with its category; nil where none has it.
    package let ranks: [Int?]
    private let hasGoldStepCount: Bool

    /// - Parameters:
    ///   - candidates: For each predicted step its candidates, best first.
    ///   - gold: Category of each gold step; at least one.
    ///   - categoryOf: The category of a skill; nil where it has none.
    package init(_ candidates: [[Candidate]], gold: [String], categoryOf: (String) -> String?) {
        ranks = gold.indices.map { position in
            guard position < candidates.count else { return nil }
            let hit = candidates[position].firstIndex { categoryOf($0.skill) == gold[position] }
            return hit.map { $0 + 1 }
        }
        hasGoldStepCount = candidates.count == gold.count
    }

    /// Share of gold steps with a candidate of the gold category among the first k; 0 without gold steps.
    package func recall(at k: Int) -> Double {
        guard !ranks.isEmpty else { return 0 }
        return Double(ranks.count { rank in rank.map { $0 <= k } ?? false }) / Double(ranks.count)
    }

    /// Whether the step count is right and the first candidate of every step has the gold category.
    package var isChainRight: Bool { hasGoldStepCount && ranks.allSatisfy { $0 == 1 } }
}
