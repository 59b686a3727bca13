import Glibc

/// The paired signed-rank test: whether the differences of two paired samples lean to one side, two-sided.
///
/// Absolute differences are ranked with mid-ranks for ties. Up to 25 differences without ties or zeros the p-value is
/// exact; else it comes from the normal distribution with tie and continuity correction. Agrees with SciPy's `wilcoxon`.
/// Source: Wilcoxon 1945, Pratt 1959.
package struct WilcoxonSignedRank: Sendable, Hashable {
    /// What happens to pairs without a difference.
    package enum ZeroHandling: String, Sendable, Hashable, CaseIterable {
        /// They are left out before ranking, as Wilcoxon did.
        case wilcox
        /// They are ranked with the others and their ranks left out of the sums; more conservative.
        case pratt
    }

    package enum Method: String, Sendable, Hashable {
        case exact
        case normalApproximation = "normal_approximation"
        /// No pair differs; there is nothing to test and p is 1.
        case noDifferences = "no_differences"
    }

    /// Largest number of differences whose distribution is counted out.
    package static let exactLimit = 25

    /// Sum of the ranks of positive differences.
    package let positiveRankSum: Double
    package let negativeRankSum: Double
    /// Pairs that differ.
    package let differenceCount: Int
    package let zeroCount: Int
    package let method: Method
    /// Probability of a rank sum at least this lopsided if neither side were favoured.
    package let pValue: Double

    package init(differences: [Double], zeros handling: ZeroHandling = .wilcox) {
        let ranked = handling == .wilcox ? differences.filter { $0 != 0 } : differences
        let ranks = MidRanks(ranked.map(abs))
        var positive = 0.0
        var negative = 0.0
        for (difference, rank) in zip(ranked, ranks.ranks) {
            if difference > 0 { positive += rank }
            if difference < 0 { negative += rank }
        }
        zeroCount = differences.count { $0 == 0 }
        differenceCount = differences.count - zeroCount
        positiveRankSum = positive
        negativeRankSum = negative
        let rankedZeros = handling == .wilcox ? 0 : zeroCount
        if differenceCount == 0 {
            method = .noDifferences
            pValue = 1
        } else if differenceCount <= Self.exactLimit, !ranks.hasTies, rankedZeros == 0 {
            method = .exact
            pValue = Self.exactProbability(min(positive, negative), count: differenceCount)
        } else {
            method = .normalApproximation
            pValue = Self.approximateProbability(positive, ranks: ranks, zeros: rankedZeros)
        }
    }

    /// Matched-pairs rank-biserial correlation, −1…1: how far the rank sums lean to the positive side.
    package var rankBiserialCorrelation: Double {
        let sum = positiveRankSum + negativeRankSum
        return sum == 0 ? 0 : (positiveRankSum - negativeRankSum) / sum
    }

    /// Counts, of all assignments of signs to the ranks 1…n, those whose sum is at most the smaller one; times two.
    private static func exactProbability(_ smallerSum: Double, count: Int) -> Double {
        let largest = count * (count + 1) / 2
        // ways[s]: subsets of the ranks so far that add up to s.
        var ways = [Double](repeating: 0, count: largest + 1)
        ways[0] = 1
        for rank in 1...count {
            for sum in stride(from: largest, through: rank, by: -1) { ways[sum] += ways[sum - rank] }
        }
        let tail = ways[0...Int(smallerSum)].reduce(0, +) / exp2(Double(count))
        return min(1, 2 * tail)
    }

    private static func approximateProbability(_ positive: Double, ranks: MidRanks, zeros: Int) -> Double {
        let count = Double(ranks.ranks.count)
        let zeros = Double(zeros)
        let mean = (count * (count + 1) - zeros * (zeros + 1)) / 4
        // Zeros are one group of equal values, already taken out of the variance as such.
        let groups = zeros > 0 ? ranks.groupSizes.dropFirst() : ranks.groupSizes[...]
        let ties = groups.reduce(0.0) { sum, size in
            let size = Double(size)
            return sum + (size * size * size - size)
        }
        let spread = count * (count + 1) * (2 * count + 1) - zeros * (zeros + 1) * (2 * zeros + 1) - ties / 2
        let deviation = (spread / 24).squareRoot()
        let distance = max(0, abs(positive - mean) - 0.5)
        guard deviation > 0 else { return 1 }
        return min(1, erfc(distance / deviation / 2.0.squareRoot()))
    }
}
