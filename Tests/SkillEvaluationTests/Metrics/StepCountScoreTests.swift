import SkillEvaluation
import Testing

@Suite("Step counts")
struct StepCountScoreTests {
    @Test(
        "A count is exact, within one, or further off",
        arguments: [(3, 3, true, true, 0), (2, 3, false, true, 1), (4, 3, false, true, 1), (0, 2, false, false, 2)]
    )
    func scores(predicted: Int, gold: Int, isExact: Bool, isWithinOne: Bool, error: Int) {
        let score = StepCountScore(predicted: predicted, gold: gold)
        #expect(score.isExact == isExact)
        #expect(score.isWithinOne == isWithinOne)
        #expect(score.absoluteError == error)
    }
}
