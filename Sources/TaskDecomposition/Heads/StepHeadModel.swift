import Glibc

/// Tells how probable it is that a segment is the head of a step: boosted trees and a logistic regression, averaged.
///
/// Trained by `Scripts/train_decomposer.py`, which also describes how.
package struct StepHeadModel: Sendable, Hashable {
    /// A question about one number of a row, or an answer.
    struct Node: Sendable, Hashable {
        /// Which number is asked about; nil for an answer.
        var feature: Int?
        /// Where to go on when the number is at most the value, and when it is larger; both lie further on in the tree.
        var low: Int
        var high: Int
        /// The threshold of a question; the answer in log odds.
        var value: Float
    }

    /// Log odds before any tree has spoken.
    var baseline: Float
    /// Log odds of the regression for a row of zeros.
    var bias: Float
    /// What each number of a row adds to them.
    var slopes: [Float]
    var trees: [[Node]]

    /// The probability for each row of features.
    package func probabilities(_ rows: [[Float]]) -> [Double] {
        rows.map { (Self.logistic(treeOdds($0)) + Self.logistic(regressionOdds($0))) / 2 }
    }

    private func treeOdds(_ row: [Float]) -> Double {
        trees.reduce(Double(baseline)) { odds, nodes in
            var place = 0
            while let feature = nodes[place].feature {
                place = row[feature] <= nodes[place].value ? nodes[place].low : nodes[place].high
            }
            return odds + Double(nodes[place].value)
        }
    }

    private func regressionOdds(_ row: [Float]) -> Double {
        zip(row, slopes).reduce(Double(bias)) { $0 + Double($1.0) * Double($1.1) }
    }

    private static func logistic(_ odds: Double) -> Double { 1 / (1 + exp(-odds)) }
}
