import SkillEvaluation
import Testing

@Suite("Step texts")
struct StepTextAlignmentTests {
    @Test("Steps at or above the threshold are matched one to one")
    func matches() {
        let alignment = StepTextAlignment(
            similarity: [[0.9, 0.7], [0.8, 0.2], [0.1, 0.3]],
            goldStepCount: 2,
            threshold: 0.6
        )
        // Not 0.9 + 0.2: the second predicted step can only take the first gold step.
        #expect(alignment.matches.map(\.predicted) == [0, 1])
        #expect(alignment.matches.map(\.gold) == [1, 0])
        #expect(abs(alignment.score.precision - 2.0 / 3) < 1e-12)
        #expect(alignment.score.recall == 1)
        #expect(abs(alignment.score.f1 - 0.8) < 1e-12)
    }

    @Test("A pair below the threshold takes nothing away from one above it")
    func belowThreshold() {
        // By plain sums 0.55 + 0.59 beats 0.61 + 0; only 0.61 counts.
        let alignment = StepTextAlignment(similarity: [[0.61, 0.55], [0.59, 0]], goldStepCount: 2, threshold: 0.6)
        #expect(alignment.matches == [.init(predicted: 0, gold: 0, similarity: 0.61)])
        #expect(alignment.score.precision == 0.5)
    }

    @Test("An empty prediction and a prediction without any likeness match nothing")
    func nothing() {
        #expect(StepTextAlignment(similarity: [], goldStepCount: 2).score.recall == 0)
        let unlike = StepTextAlignment(similarity: [[0.1], [.nan]], goldStepCount: 1)
        #expect(unlike.matches.isEmpty)
        #expect(unlike.score.f1 == 0)
    }

    @Test("Similarities are the dot products of the vectors")
    func similarity() {
        let matrix = StepTextAlignment.similarity([[1, 0], [0.6, 0.8]], [[0, 1], [1, 0], [0.8, 0.6]])
        #expect(matrix[0] == [0, 1, Double(Float(0.8))])
        #expect(abs(matrix[1][2] - 0.96) < 1e-6)
    }
}
