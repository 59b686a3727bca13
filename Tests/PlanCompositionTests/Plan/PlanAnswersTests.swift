import JSONSchema
import SkillCatalog
import Testing

@testable import PlanComposition

@Suite("Answers to a plan's questions")
struct PlanAnswersTests {
    private let plan = Samples.example

    @Test("fill the argument in and take the question away")
    func answer() throws {
        #expect(plan.questions.map(\.argument) == ["title"])
        let answered = try plan.answering(step: "s3", argument: "title", value: "Sales")
        #expect(answered.questions.isEmpty)
        #expect(answered.step("s3")?.arguments?["title"] == "Sales")
        #expect(PlanValidator(skills: Samples.library).validate(answered).isEmpty)
    }

    @Test("that refer to an earlier step make the step wait for it")
    func reference() throws {
        let two = Samples.plan(["s1": [], "s2": []])
        let answered = try two.answering(step: "s2", argument: "a", value: ["$from": "s1", "path": "/x"])
        #expect(answered.step("s2")?.dependsOn == ["s1"])
        let again = try answered.answering(step: "s2", argument: "b", value: [["$from": "s1"]])
        #expect(again.step("s2")?.dependsOn == ["s1"])
    }

    @Test("that cannot be used say why")
    func refused() {
        #expect(throws: PlanAnswerError.unknownStep("s9")) {
            try plan.answering(step: "s9", argument: "a", value: 1)
        }
        #expect(throws: PlanAnswerError.unknownStep("s9")) {
            try plan.answering(step: "s1", argument: "a", value: ["$from": "s9"])
        }
        #expect(throws: PlanAnswerError.circular(step: "s1", source: "s3")) {
            try plan.answering(step: "s1", argument: "a", value: ["$from": "s3"])
        }
    }

    @Test("reach the left side of a condition and the list of a fan-out")
    func constructs() throws {
        var plan = Samples.plan(["s1": [], "s2": []])
        plan.steps[1].condition = StepCondition(left: .null, is: .above, right: 80)
        plan.steps[1].forEach = FanOut(list: [])
        plan.questions = [
            PlanQuestion(step: "s2", argument: PlanQuestion.conditionSide, text: "?"),
            PlanQuestion(step: "s2", argument: PlanQuestion.fanOutList, text: "?"),
        ]
        plan = try plan.answering(step: "s2", argument: "when.left", value: ["$from": "s1", "path": "/usage"])
        plan = try plan.answering(step: "s2", argument: "for_each.list", value: [1, 2])
        #expect(plan.steps[1].condition?.left == ["$from": "s1", "path": "/usage"])
        #expect(plan.steps[1].forEach?.list == [1, 2])
        #expect(plan.steps[1].dependsOn == ["s1"] && plan.questions.isEmpty)
    }

    @Test(
        "are read by the parameter's schema",
        arguments: [
            ("5", ["type": "integer"], 5), ("5", ["type": "string"], "5"), ("yes", ["type": "boolean"], true),
            ("a, b", ["type": "array", "items": ["type": "string"]], ["a", "b"]),
            ("1,2", ["type": "array", "items": ["type": "number"]], [1, 2]),
            (#"["a, b"]"#, ["type": "array", "items": ["type": "string"]], ["a, b"]),
            (#"{"$from": "s1"}"#, ["type": "integer"], ["$from": "s1"]),
        ] as [(String, JSONValue, JSONValue)]
    )
    func typed(text: String, schema: JSONValue, value: JSONValue) throws {
        let tool = Samples.tool("t", takes: ["!x": schema])
        let plan = Samples.plan(["s1": [], "s2": []])
        let answered = try plan.answering(step: "s2", argument: "x", text: text, of: tool)
        #expect(answered.step("s2")?.arguments?["x"] == value)
    }

    @Test("of the wrong type are refused")
    func unfit() {
        let tool = Samples.tool("t", takes: ["!x": ["type": "integer"]])
        let error = #expect(throws: PlanAnswerError.self) {
            try plan.answering(step: "s1", argument: "x", text: "many", of: tool)
        }
        #expect(error?.description.contains("x of s1") == true)
    }
}
