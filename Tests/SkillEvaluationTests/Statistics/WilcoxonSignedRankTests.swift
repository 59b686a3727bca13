import Testing

@testable import SkillEvaluation

@Suite("The Wilcoxon signed-rank test")
struct WilcoxonSignedRankTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var differences: [Double]
        var zeros: WilcoxonSignedRank.ZeroHandling = .wilcox
        var method: WilcoxonSignedRank.Method
        /// The smaller rank sum.
        var statistic: Double
        var pValue: Double

        var testDescription: String { name }
    }

    static let ties: [Double] = [
        3, -1, 4, 1, -5, 9, -2, 6, 5, 3, 5, -8, 9, 7, 9, -3, 2, 3, 8, 4, 6, -2, 6, 4, 3, 3, 8, -3, 2, 7,
    ]
    static let zeros: [Double] = [0, 0, 2, -2, 3, 1, 0, 5, -4, 6, 7, 0, 8, -1, 2]
    static let binary: [Double] = [1, 1, 1, 0, 0, 0, -1, 1, 1, 0, -1, 1, 1, 1, 0, 0, 1]

    /// Reference: `scipy.stats.wilcoxon(d, zero_method=…, correction=True, method="exact" or "approx")`, SciPy 1.17.1.
    static let cases: [Case] = [
        Case(
            name: "nine differences",
            differences: [0.952, -0.147, 1.022, 0.43, 0.62, 0.59, 0.49, -0.08, 0.01],
            method: .exact,
            statistic: 5,
            pValue: 0.0390625
        ),
        Case(
            name: "fifteen differences",
            differences: [6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75],
            method: .exact,
            statistic: 24,
            pValue: 0.041259765625
        ),
        Case(
            name: "25 differences are still exact",
            differences: (1...25).map { $0 % 3 == 0 ? -Double($0) : Double($0) },
            method: .exact,
            statistic: 108,
            pValue: 0.14847958087921143
        ),
        Case(
            name: "26 differences are approximated",
            differences: (1...26).map { $0 % 3 == 0 ? -Double($0) : Double($0) },
            method: .normalApproximation,
            statistic: 108,
            pValue: 0.08881828327172404
        ),
        Case(name: "one difference", differences: [5], method: .exact, statistic: 0, pValue: 1),
        Case(name: "five to one side", differences: [1, 2, 3, 4, 5], method: .exact, statistic: 0, pValue: 0.0625),
        Case(
            name: "ties",
            differences: ties,
            method: .normalApproximation,
            statistic: 74.5,
            pValue: 0.0011659659645259183
        ),
        Case(
            name: "ties, Pratt without zeros",
            differences: ties,
            zeros: .pratt,
            method: .normalApproximation,
            statistic: 74.5,
            pValue: 0.0011659659645259183
        ),
        Case(
            name: "zeros left out",
            differences: zeros,
            method: .normalApproximation,
            statistic: 12.5,
            pValue: 0.0746471929426968
        ),
        Case(
            name: "zeros ranked",
            differences: zeros,
            zeros: .pratt,
            method: .normalApproximation,
            statistic: 24.5,
            pValue: 0.0842281343729711
        ),
        Case(
            name: "right and wrong answers",
            differences: binary,
            method: .normalApproximation,
            statistic: 12,
            pValue: 0.03936724062349523
        ),
        Case(
            name: "right and wrong answers, zeros ranked",
            differences: binary,
            zeros: .pratt,
            method: .normalApproximation,
            statistic: 24,
            pValue: 0.037028157888690086
        ),
        Case(
            name: "balanced",
            differences: [1, -1, 2, -2],
            method: .normalApproximation,
            statistic: 5,
            pValue: 1
        ),
    ]

    @Test("Statistic and p-value agree with SciPy", arguments: cases)
    func reference(_ test: Case) {
        let result = WilcoxonSignedRank(differences: test.differences, zeros: test.zeros)
        #expect(result.method == test.method)
        #expect(min(result.positiveRankSum, result.negativeRankSum) == test.statistic)
        #expect(abs(result.pValue - test.pValue) < 1e-12)
    }

    @Test("Turning every difference around changes the sums but not the p-value", arguments: cases)
    func symmetry(_ test: Case) {
        let result = WilcoxonSignedRank(differences: test.differences, zeros: test.zeros)
        let mirrored = WilcoxonSignedRank(differences: test.differences.map { -$0 }, zeros: test.zeros)
        #expect(abs(result.pValue - mirrored.pValue) < 1e-14)
        #expect(result.positiveRankSum == mirrored.negativeRankSum)
        #expect(result.rankBiserialCorrelation == -mirrored.rankBiserialCorrelation)
    }

    @Test("Without any difference there is nothing to test", arguments: WilcoxonSignedRank.ZeroHandling.allCases)
    func noDifferences(zeros: WilcoxonSignedRank.ZeroHandling) {
        for differences in [[], [0.0, 0, 0]] {
            let result = WilcoxonSignedRank(differences: differences, zeros: zeros)
            #expect(result.method == .noDifferences)
            #expect(result.pValue == 1)
            #expect(result.rankBiserialCorrelation == 0)
        }
    }

    @Test("Equal values share the mean of their ranks")
    func midRanks() {
        let ranks = MidRanks([3, 1, 3, 2, 3])
        #expect(ranks.ranks == [4, 1, 4, 2, 4])
        #expect(ranks.groupSizes == [1, 1, 3])
        #expect(ranks.hasTies)
        #expect(!MidRanks([2, 1]).hasTies)
        #expect(MidRanks([]).ranks.isEmpty)
    }
}
