import SkillEvaluation
import Testing

@Suite("Edges")
struct EdgeOverlapTests {
    @Test("Steps are aligned by tool where both sides name tools")
    func byTool() throws {
        // The prediction swaps the first two steps; by tool its edges are the gold ones.
        let correspondence = StepCorrespondence(
            predictedTools: ["B", "A", "C"],
            goldTools: ["A", "B", "C"],
            goldStepCount: 3
        )
        #expect(correspondence.method == .tool)
        #expect(correspondence.goldSteps == [1, 0, 2])
        let score = try #require(
            EdgeOverlap.score(
                [StepEdge(1, 2), StepEdge(0, 1)],
                correspondence: correspondence,
                gold: [StepEdge(0, 2), StepEdge(1, 2)]
            )
        )
        // 1→2 is A→C, which is gold; 0→1 is B→A, which is not.
        #expect((score.hits, score.predicted, score.gold) == (1, 2, 2))
    }

    @Test("Uses of one tool are paired in order, and a use too many stands for nothing")
    func repeatedTool() {
        let correspondence = StepCorrespondence(
            predictedTools: ["A", "A", nil, "A", "X"],
            goldTools: ["A", "B", "A"],
            goldStepCount: 3
        )
        #expect(correspondence.goldSteps == [0, 2, nil, nil, nil])
    }

    @Test("Steps are aligned by position where the set or the prediction names no tools")
    func byPosition() {
        let withoutGold = StepCorrespondence(predictedTools: ["A", "B", "C"], goldTools: nil, goldStepCount: 2)
        #expect(withoutGold.method == .position)
        #expect(withoutGold.goldSteps == [0, 1, nil])
        let withoutPrediction = StepCorrespondence(
            predictedTools: [nil, nil],
            goldTools: ["A", "B"],
            goldStepCount: 2
        )
        #expect(withoutPrediction.method == .position)
        #expect(withoutPrediction.goldSteps == [0, 1])
    }

    @Test("An edge at a predicted step without gold step is wrong")
    func unmatchedStep() throws {
        let correspondence = StepCorrespondence(predictedTools: [nil, nil, nil], goldTools: nil, goldStepCount: 2)
        let score = try #require(
            EdgeOverlap.score(
                [StepEdge(0, 1), StepEdge(1, 2)],
                correspondence: correspondence,
                gold: [StepEdge(0, 1)]
            )
        )
        #expect(score.precision == 0.5)
        #expect(score.recall == 1)
    }

    @Test("A task without gold edges is not counted, an empty prediction counts as zero")
    func emptySides() throws {
        let correspondence = StepCorrespondence(predictedTools: [nil, nil], goldTools: nil, goldStepCount: 2)
        #expect(EdgeOverlap.score([StepEdge(0, 1)], correspondence: correspondence, gold: []) == nil)
        let score = try #require(EdgeOverlap.score([], correspondence: correspondence, gold: [StepEdge(0, 1)]))
        #expect((score.precision, score.recall, score.f1) == (0, 0, 0))
    }

    @Test("An edge that is predicted twice counts once")
    func repeatedEdge() throws {
        let correspondence = StepCorrespondence(predictedTools: [nil, nil], goldTools: nil, goldStepCount: 2)
        let edges = [StepEdge(0, 1), StepEdge(0, 1)]
        let score = try #require(EdgeOverlap.score(edges, correspondence: correspondence, gold: [StepEdge(0, 1)]))
        #expect((score.hits, score.predicted) == (1, 1))
    }
}
