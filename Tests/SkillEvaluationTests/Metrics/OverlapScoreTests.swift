import SkillEvaluation
import Testing

@Suite("Set overlap")
struct OverlapScoreTests {
    @Test("Precision, recall and F1 of two overlapping sets are worked out by hand")
    func overlap() throws {
        let score = try #require(OverlapScore(predicted: Set(["a", "b", "c"]), gold: Set(["b", "c", "d", "e"])))
        #expect(abs(score.precision - 2.0 / 3) < 1e-12)
        #expect(score.recall == 0.5)
        #expect(abs(score.f1 - 4.0 / 7) < 1e-12)
    }

    @Test("An empty prediction has precision, recall and F1 of zero")
    func emptyPrediction() throws {
        let score = try #require(OverlapScore(predicted: Set<String>(), gold: ["a"]))
        #expect([score.precision, score.recall, score.f1] == [0, 0, 0])
    }

    @Test("Without gold there is no score")
    func noGold() {
        #expect(OverlapScore(predicted: Set(["a"]), gold: []) == nil)
    }
}
