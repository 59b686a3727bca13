/// Which predicted step texts say the same as which gold step texts.
///
/// Pairs at or above the threshold are matched one to one so that the sum of their similarities is largest; a pair below
/// it is worth nothing and never matched.
package struct StepTextAlignment: Sendable, Hashable {
    /// The similarity from which two step texts count as the same, a cosine of sentence embeddings.
    package static let defaultThreshold = 0.6

    package struct Match: Sendable, Hashable {
        package let predicted: Int
        package let gold: Int
        package let similarity: Double

        package init(predicted: Int, gold: Int, similarity: Double) {
            self.predicted = predicted
            self.gold = gold
            self.similarity = similarity
        }
    }

    package let threshold: Double
    /// By predicted step.
    package let matches: [Match]
    package let score: OverlapScore

    /// - Parameter similarity: One row for each predicted step, one column for each gold step.
    package init(similarity: [[Double]], goldStepCount: Int, threshold: Double = defaultThreshold) {
        let weights = similarity.map { row in row.map { $0 >= threshold ? $0 : 0 } }
        matches = AssignmentProblem.pairs(maximizing: weights).compactMap { pair in
            let value = similarity[pair.row][pair.column]
            guard value >= threshold else { return nil }
            return Match(predicted: pair.row, gold: pair.column, similarity: value)
        }
        self.threshold = threshold
        score = OverlapScore(hits: matches.count, predicted: similarity.count, gold: goldStepCount)
    }

    /// The matrix of cosines of unit vectors, one row for each of the first list.
    package static func similarity(_ predicted: [[Float]], _ gold: [[Float]]) -> [[Double]] {
        predicted.map { left in
            gold.map { right in zip(left, right).reduce(0) { $0 + Double($1.0) * Double($1.1) } }
        }
    }
}
