import SkillEvaluation
import SkillRetrieval
import Testing

@Suite("Category recall")
struct CategoryRecallTests {
    private func score(_ steps: [[String]], gold: [String]) -> CategoryRecall {
        CategoryRecall(steps.map { $0.map { Candidate(skill: $0, score: 0) } }, gold: gold) {
            smallLibrary.category(of: $0)
        }
    }

    @Test("A right first candidate at every position is full recall and a right chain")
    func allRight() {
        let score = score([["db-1"], ["mail-2"]], gold: ["db", "mail"])
        #expect(score.ranks == [1, 1])
        #expect(score.recall(at: 1) == 1)
        #expect(score.isChainRight)
    }

    @Test("A lower candidate counts from its rank on")
    func ranks() {
        let score = score([["mail-1", "chart-1", "db-2"], ["mail-1"]], gold: ["db", "mail"])
        #expect(score.ranks == [3, 1])
        #expect(score.recall(at: 1) == 0.5)
        #expect(score.recall(at: 2) == 0.5)
        #expect(score.recall(at: 3) == 1)
        #expect(!score.isChainRight)
    }

    @Test("A missing predicted step is a miss")
    func missingStep() {
        let score = score([["db-1"], ["mail-1"]], gold: ["db", "mail", "chart"])
        #expect(score.ranks == [1, 1, nil])
        #expect(abs(score.recall(at: 10) - 2.0 / 3) < 1e-12)
        #expect(!score.isChainRight)
    }

    @Test("An extra predicted step changes no recall but breaks the chain")
    func extraStep() {
        let score = score([["db-1"], ["mail-1"], ["chart-1"]], gold: ["db", "mail"])
        #expect(score.recall(at: 1) == 1)
        #expect(!score.isChainRight)
    }

    @Test("An extra step in front shifts every later step to a wrong position")
    func shiftedSteps() {
        let score = score([["chart-1"], ["db-1"], ["mail-1"]], gold: ["db", "mail"])
        #expect(score.recall(at: 1) == 0)
    }

    @Test("An empty prediction misses everything")
    func emptyPrediction() {
        let score = score([], gold: ["db", "mail"])
        #expect(score.ranks == [nil, nil])
        #expect(score.recall(at: 10) == 0)
        #expect(!score.isChainRight)
    }

    @Test("A step without candidates, and a skill outside the library, are misses")
    func abstention() {
        let score = score([[], ["stranger"]], gold: ["db", "mail"])
        #expect(score.recall(at: 10) == 0)
    }
}
