import JSONSchema
import LanguageModels
import SkillEvaluation
import SkillRetrieval
import Testing

@Suite("Scoring CompSkillBench")
struct CompSkillScorerTests {
    private let scorer = CompSkillScorer(library: smallLibrary)
    private let query = CompSkillQuery(
        id: "q",
        query: "Query the database, then mail it",
        difficulty: .medium,
        steps: ["query the database", "mail it"],
        categories: ["db", "mail"],
        hiddenSteps: [1]
    )

    @Test("A record carries every metric, the traits, the tokens and the counts")
    func wholeRecord() {
        let tokens = TokenUsage(prompt: 10, completion: 2, source: .measured)
        let record = scorer.record(
            for: query,
            prediction([["db-1", "mail-1"], ["chart-1", "mail-1"]], edges: [StepEdge(0, 1)], tokens: tokens)
        )
        #expect(record.traits == QueryTraits(difficulty: .medium, isClean: false))
        #expect(record.goldSteps == 2)
        #expect(record.predictedSteps == 2)
        #expect(record.tokens == tokens)
        #expect(
            record.values == [
                .decompositionAccuracy: 1, .decompositionAccuracyWithinOne: 1, .stepCountError: 0,
                .categoryRecallAt1: 0.5, .categoryRecallAt5: 1, .categoryRecallAt10: 1, .categoryChain: 0,
                .composedCategoryRecall: 0.5, .composedCategoryChain: 0, .planValidity: 1, .abstention: 0,
            ]
        )
    }

    @Test("Composition is judged on what it selected, not on what retrieval put first")
    func composedSelection() {
        var answer = prediction([["mail-1", "db-1"], ["mail-1"]], edges: [])
        answer.steps[0].selection = Prediction.Step.candidate("db-1")
        let values = scorer.record(for: query, answer).values
        #expect(values[.categoryRecallAt1] == 0.5)
        #expect(values[.categoryChain] == 0)
        #expect(values[.composedCategoryRecall] == 1)
        #expect(values[.composedCategoryChain] == 1)
    }

    @Test("Without composition there are no composed metrics")
    func notComposed() {
        let values = scorer.record(for: query, prediction([["db-1"], ["mail-1"]])).values
        #expect(values[.categoryChain] == 1)
        #expect(values[.composedCategoryRecall] == nil)
        #expect(values[.planValidity] == nil)
    }

    @Test("A failure counts as a miss in every metric and keeps its reason")
    func failure() {
        let record = scorer.record(for: query, .failed("no answer"))
        #expect(record.failure == "no answer")
        #expect(record.values[.decompositionAccuracy] == 0)
        #expect(record.values[.stepCountError] == 2)
        #expect(record.values[.categoryRecallAt10] == 0)
        #expect(record.values[.planValidity] == 0)
    }

    @Test("An abstained step is counted and keeps the plan valid")
    func abstention() {
        let values = scorer.record(for: query, prediction([["db-1"], []], edges: [])).values
        #expect(values[.abstention] == 0.5)
        #expect(values[.planValidity] == 1)
    }

    @Test("A plan is invalid when an argument reads a step it does not wait for")
    func unboundRead() {
        let answer = prediction([["db-1"], ["mail-1"]], edges: [], arguments: [nil, ["text": "$var1.rows$"]])
        #expect(scorer.record(for: query, answer).values[.planValidity] == 0)
    }
}
