import SkillEvaluation
import Testing

@Suite("Bootstrap intervals")
struct BootstrapTests {
    private let values: [Double] = [1, 0, 1, 1, 0, 1, 1, 1, 0, 1]

    @Test("The interval is that of a separate implementation with the same generator")
    func reference() throws {
        let estimate = try #require(Bootstrap(resamples: 2_000, seed: 7).mean(of: values))
        #expect(estimate == Estimate(mean: 0.7, low: 0.4, high: 1.0, count: 10))
    }

    @Test("The same values give the same interval twice, another seed another one")
    func reproducible() {
        let spread = (0..<40).map { Double($0 * $0 % 17) }
        #expect(Bootstrap(resamples: 300).mean(of: spread) == Bootstrap(resamples: 300).mean(of: spread))
        #expect(Bootstrap(resamples: 300).mean(of: spread) != Bootstrap(resamples: 300, seed: 1).mean(of: spread))
    }

    @Test("The interval of many values is close to that of the normal distribution")
    func normalLimit() throws {
        let many = (0..<400).map { Double($0 % 2) }
        let estimate = try #require(Bootstrap(resamples: 4_000).mean(of: many))
        // Standard error 0.5 / 20 = 0.025; 1.96 of them to either side.
        #expect(abs(estimate.low - 0.451) < 0.006)
        #expect(abs(estimate.high - 0.549) < 0.006)
    }

    @Test("Equal values have an interval of no width")
    func constant() {
        let estimate = Bootstrap.standard.mean(of: [0.1, 0.1, 0.1])
        #expect(estimate == Estimate(mean: 0.1, low: 0.1, high: 0.1, count: 3))
    }

    @Test("No values have no interval")
    func empty() {
        #expect(Bootstrap.standard.mean(of: []) == nil)
    }
}
