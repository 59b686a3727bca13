/// Precision, recall and their harmonic mean of a predicted set against a gold set.
package struct OverlapScore: Sendable, Hashable {
    package let hits: Int
    package let predicted: Int
    package let gold: Int

    package init(hits: Int, predicted: Int, gold: Int) {
        self.hits = hits
        self.predicted = predicted
        self.gold = gold
    }

    /// Compares two sets; nil where the gold set is empty, because then nothing can be recalled.
    package init?<Element>(predicted: Set<Element>, gold: Set<Element>) {
        guard !gold.isEmpty else { return nil }
        self.init(hits: predicted.intersection(gold).count, predicted: predicted.count, gold: gold.count)
    }

    /// 0 where nothing was predicted.
    package var precision: Double { predicted == 0 ? 0 : Double(hits) / Double(predicted) }
    package var recall: Double { gold == 0 ? 0 : Double(hits) / Double(gold) }
    package var f1: Double { predicted + gold == 0 ? 0 : 2 * Double(hits) / Double(predicted + gold) }
}
