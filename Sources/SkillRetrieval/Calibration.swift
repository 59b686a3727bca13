import Glibc

/// Turns what the stages say into a relevance that means the same for every query and library.
///
/// A logistic function of an entry's raw signals, which do not depend on the library's size. It was fitted on open sets:
/// first candidates of texts in their own library, right or wrong, and in other libraries, where all are wrong. Relevance r
/// stands for odds of (r / (1 − r))² that a first candidate is the right one: 0.5 for even odds, 0.25 for one in ten, below
/// which 3 of 100 right ones lie and 85 of 100 that come from a library that has nothing fitting. (The square keeps
/// differences between near candidates as small as they are between cosines.)
package struct Calibration: Sendable, Hashable {
    /// Logistic weights of the raw signals.
    var weights: [Signal: Double]
    var bias: Double
    /// The same where there are no token states.
    var plainWeights: [Signal: Double]
    var plainBias: Double
    /// What a distance of one in the last stage's score is worth, in logits: of two that fit alike, order decides.
    var slope: Double

    package static let standard = Calibration(
        weights: [.dense: 1.83, .lexical: 1.23, .textCoverage: 3.69],
        bias: -3.69,
        plainWeights: [.dense: 3.62, .lexical: 2.26],
        plainBias: -3,
        slope: 0.15
    )

    /// Relevance of entries, 0…1, in the order of the list: it never rises.
    ///
    /// A stage that only changes the order leaves the places the relevance they had.
    package func relevance(of entries: [RankedEntry]) -> [Double] {
        let fitted = entries.map { (entry: $0, score: $0.fittedScore) }.sorted { left, right in
            let (first, second) = (left.entry.hasTokenSignals, right.entry.hasTokenSignals)
            return first == second ? left.score > right.score : first
        }
        guard let best = fitted.first?.score else { return [] }
        var least = 1.0
        return fitted.map { entry, score in
            let logit = logit(of: entry) - slope * max(0, best - score)
            least = min(least, 1 / (1 + exp(-logit)))
            return least
        }
    }

    private func logit(of entry: RankedEntry) -> Double {
        let hasTokens = entry.hasTokenSignals
        return (hasTokens ? weights : plainWeights).reduce(hasTokens ? bias : plainBias) { sum, weight in
            sum + weight.value * (entry.values[weight.key] ?? 0)
        }
    }
}

extension RankedEntry {
    fileprivate var hasTokenSignals: Bool { values[.queryCoverage] != nil }

    /// The sum of what the measured signals added, whatever a later stage made of it.
    fileprivate var fittedScore: Double {
        // In a fixed order, so that sums always add up the same way.
        [.dense, .lexical, .queryCoverage, .textCoverage, .nameCoverage, .kinship].reduce(0) { sum, signal in
            sum + (contributions[signal] ?? 0)
        }
    }
}
