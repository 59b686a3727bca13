import SkillEvaluation
import Testing

@Suite("Percentiles")
struct PercentilesTests {
    // Reference: numpy.percentile with its default, linear interpolation.
    @Test(
        "Percentiles agree with NumPy",
        arguments: [(50.0, 8.25), (95, 17.97), (99, 19.914), (0, 1.1), (100, 20.4), (25, 3.775)]
    )
    func reference(percent: Double, expected: Double) throws {
        let percentiles = Percentiles([12.5, 3.2, 8.8, 1.1, 20.4, 7.7, 5.5, 9.9, 15.0, 2.2])
        #expect(abs(try #require(percentiles[percent]) - expected) < 1e-9)
    }

    @Test("One value is every percentile, no value is none")
    func small() {
        #expect(Percentiles([4])[99] == 4)
        #expect(Percentiles([])[50] == nil)
        #expect(Percentiles([.nan, 2])[50] == 2)
    }
}
