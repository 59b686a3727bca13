import JSONSchema
import LanguageModels
import PlanComposition
import SkillRetrieval
import Testing

@testable import SkillEvaluation

@Suite("Plans as predictions")
struct PlanPredictionTests {
    private func step(_ id: String, dependsOn: [String] = [], arguments: JSONObject? = nil) -> PlanStep {
        PlanStep(
            id: id,
            subtask: Subtask(id: id, text: "do \(id)"),
            skill: id == "s3" ? nil : "skill-\(id)",
            tool: "run",
            score: 0.5,
            candidates: [Candidate(skill: "skill-\(id)", score: 0.5)],
            dependsOn: dependsOn,
            arguments: arguments
        )
    }

    @Test("edges are positions, and a step without a skill has no selection")
    func edges() {
        let steps = [step("s1"), step("s2", dependsOn: ["s1"]), step("s3", dependsOn: ["s1", "s2", "gone"])]
        let prediction = Prediction(Plan(request: "r", decomposer: "d", steps: steps), tokens: TokenUsage.none)
        #expect(prediction.edges == [StepEdge(0, 1), StepEdge(0, 2), StepEdge(1, 2)])
        #expect(prediction.steps.map(\.selection?.skill) == ["skill-s1", "skill-s2", nil])
        #expect(prediction.steps.map(\.candidates.count) == [1, 1, 1])
    }

    @Test(
        "references take the notation of the benchmarks",
        arguments: [
            (["$from": "s1", "path": "/price"], "$var1.price$"), (["$from": "s2", "path": ""], "$var2$"),
            (["$from": "s1", "path": "/flight/to~1from"], "$var1.flight.to/from$"), ("plain", "plain"),
            (["$from": "s9", "path": "/x"], ["$from": "s9", "path": "/x"]),
            ([["$from": "s1", "path": "/a"]], ["$var1.a$"]),
        ] as [(JSONValue, JSONValue)]
    )
    func references(written: JSONValue, expected: JSONValue) {
        let steps = [step("s1"), step("s2"), step("s4", dependsOn: ["s1", "s2"], arguments: ["x": written])]
        let prediction = Prediction(Plan(request: "r", decomposer: "d", steps: steps), tokens: nil)
        #expect(prediction.steps[2].arguments == ["x": expected])
    }
}
