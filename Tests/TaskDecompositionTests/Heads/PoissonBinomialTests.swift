import TaskDecomposition
import Testing

@Suite("How many of several events happen")
struct PoissonBinomialTests {
    @Test(
        "the masses are those of counting every outcome",
        arguments: [[0.3], [0.5, 0.5], [0.1, 0.9, 0.4], [1, 0, 0.7, 0.2]]
    )
    func masses(probabilities: [Double]) {
        var expected = [Double](repeating: 0, count: probabilities.count + 1)
        for outcome in 0..<(1 << probabilities.count) {
            var mass = 1.0
            for (bit, probability) in probabilities.enumerated() {
                mass *= outcome >> bit & 1 == 1 ? probability : 1 - probability
            }
            expected[outcome.nonzeroBitCount] += mass
        }
        let counted = PoissonBinomial(probabilities)
        for (mass, other) in zip(counted.masses, expected) { #expect(abs(mass - other) < 1e-12) }
        #expect(counted.masses.count == expected.count)
    }

    @Test("the mode is never none, and the smaller of two")
    func modes() {
        #expect(PoissonBinomial([]).modeAboveNone == 1)
        #expect(PoissonBinomial([0, 0]).modeAboveNone == 1)
        #expect(PoissonBinomial([0.1, 0.05]).modeAboveNone == 1)
        #expect(PoissonBinomial([0.9, 0.9, 0.1]).modeAboveNone == 2)
        #expect(PoissonBinomial([1, 1, 1]).modeAboveNone == 3)
        #expect(PoissonBinomial([1, 0.5]).modeAboveNone == 1)
    }
}
