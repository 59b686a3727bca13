import JSONSchema
import SkillEvaluation
import Testing

@Suite("Comparing two runs")
struct RunComparisonTests {
    private func run(_ values: [String: [Metric: Double]]) -> [QueryRecord] {
        values.map { QueryRecord(id: $0.key, values: $0.value) }
    }

    @Test("Requests are paired by id and the rest is said")
    func pairs() {
        let comparison = RunComparison(
            run(["a": [.recallAt1: 1], "b": [.recallAt1: 0], "x": [.recallAt1: 1]]),
            run(["b": [.recallAt1: 1], "a": [.recallAt1: 1], "y": [.recallAt1: 0]]),
            bootstrap: quickBootstrap
        )
        #expect(comparison.pairCount == 2)
        #expect(comparison.onlyInA == ["x"])
        #expect(comparison.onlyInB == ["y"])
        let row = comparison.rows[0]
        #expect((row.meanA, row.meanB) == (0.5, 1))
        #expect((row.better, row.equal, row.worse) == (1, 1, 0))
        #expect(row.difference.mean == 0.5)
        #expect(row.test.pValue == 1)
    }

    @Test("A smaller error is better")
    func lowerIsBetter() {
        let comparison = RunComparison(
            run(["a": [.stepCountError: 2]]),
            run(["a": [.stepCountError: 1]]),
            bootstrap: quickBootstrap
        )
        #expect((comparison.rows[0].better, comparison.rows[0].worse) == (1, 0))
        #expect(comparison.rows[0].difference.mean == -1)
    }

    @Test("Thirds that differ in the last bit are ties")
    func roundedDifferences() {
        let comparison = RunComparison(
            run(["a": [.recallAt1: 0], "b": [.recallAt1: 1]]),
            run(["a": [.recallAt1: 1.0 / 3], "b": [.recallAt1: 2.0 / 3]]),
            bootstrap: quickBootstrap
        )
        #expect(1.0 / 3 != 1 - 2.0 / 3)
        #expect(comparison.rows[0].test.positiveRankSum == 1.5)
        #expect(comparison.rows[0].test.negativeRankSum == 1.5)
    }

    @Test("Only metrics that both runs have are compared, over requests counted in both")
    func commonMetrics() {
        let comparison = RunComparison(
            run(["a": [.recallAt1: 1, .edgeF1: 1], "b": [.recallAt1: 1, .edgeF1: 0]]),
            run(["a": [.recallAt1: 1, .toolF1: 1], "b": [.recallAt1: 1, .edgeF1: 1]]),
            bootstrap: quickBootstrap
        )
        #expect(comparison.rows.map(\.metric) == [.edgeF1, .recallAt1])
        #expect(comparison.rows[0].difference.count == 1)
    }

    @Test("The comparison is written as JSON and as a table")
    func written() throws {
        let comparison = RunComparison(
            run(["a": [.decompositionAccuracy: 0]]),
            run(["a": [.decompositionAccuracy: 1]]),
            bootstrap: quickBootstrap
        )
        #expect(comparison.json["metrics"]?["da"]?["difference"]?["mean"] == 1.0)
        #expect(comparison.json["metrics"]?["da"]?["method"] == "exact")
        let table = comparison.markdown("A|B", "sad")
        #expect(table.hasPrefix("| Metric | A\\|B | sad | Difference | p | Better | Equal | Worse |\n"))
        #expect(table.contains("| DA | 0.000 | 1.000 | 1.000 [1.000, 1.000] | 1.000 | 1 | 0 | 0 |\n"))
    }

    @Test("Runs without a common request have no rows")
    func nothingInCommon() {
        let comparison = RunComparison(run(["a": [.recallAt1: 1]]), run(["b": [.recallAt1: 1]]))
        #expect(comparison.rows.isEmpty)
        #expect(comparison.markdown("A", "B").isEmpty)
    }
}
