import JSONSchema
import SkillCatalog
import Testing

@testable import PlanComposition

@Suite("The validation of a plan")
struct PlanValidatorTests {
    private let validator = PlanValidator(skills: Samples.library)

    private func faults(_ change: (inout Plan) -> Void) -> [PlanFault] {
        var plan = Samples.example
        change(&plan)
        return validator.validate(plan)
    }

    @Test("finds nothing wrong with what the composer makes")
    func valid() { #expect(faults { _ in }.isEmpty) }

    @Test("finds faults of the shape")
    func shape() {
        #expect(faults { $0.steps[1].id = "s1" }.contains(.duplicateStep("s1")))
        #expect(
            faults { $0.steps[2].dependsOn = ["s2", "s9"] } == [.unknownDependency(step: "s3", dependency: "s9")]
        )
        #expect(faults { $0.steps[0].dependsOn = ["s3"] } == [.cycle(["s1", "s2", "s3"])])
        #expect(faults { $0.steps[0].dependsOn = ["s1"] } == [.cycle(["s1"])])
        #expect(
            faults { $0.steps[2].dependsOn = ["s1", "s2"] } == [.transitiveDependency(step: "s3", dependency: "s1")]
        )
        let question = PlanQuestion(step: "s9", argument: "a", text: "?")
        #expect(
            faults { $0.questions.append(question) } == [.questionForUnknownStep(step: "s9", argument: "a")]
        )
    }

    @Test("finds tools that do not exist")
    func tools() {
        #expect(faults { $0.steps[0].skill = "gone" } == [.unknownSkill(step: "s1", skill: "gone")])
        #expect(
            faults { $0.steps[0].tool = "gone" } == [.unknownTool(step: "s1", skill: "http-fetch", tool: "gone")]
        )
        #expect(
            faults { plan in
                plan.steps[0].skill = nil
                plan.steps[0].tool = nil
            }.isEmpty
        )
    }

    @Test("finds references that lead nowhere, or to a step that may not have run")
    func references() {
        #expect(
            faults { $0.steps[1].arguments?["path"] = ["$from": "s9", "path": "/x"] } == [
                .unknownReference(step: "s2", argument: "path", target: "s9")
            ]
        )
        #expect(
            faults { $0.steps[1].arguments?["path"] = ["$from": "s3", "path": "/x"] } == [
                .referenceWithoutDependency(step: "s2", argument: "path", target: "s3")
            ]
        )
        #expect(
            faults { $0.steps[1].arguments?["path"] = ["$from": "s1", "path": "x"] } == [
                .malformedReference(step: "s2", argument: "path", why: "path must be a JSON Pointer such as /file")
            ]
        )
        #expect(
            faults { $0.steps[2].arguments?["csv_path"] = [["a": ["$from": "s7"]]] } == [
                .unknownReference(step: "s3", argument: "csv_path", target: "s7")
            ]
        )
        // Through another step is far enough.
        #expect(faults { $0.steps[2].arguments?["csv_path"] = ["$from": "s1", "path": "/path"] } == [])
    }

    @Test("wants every required argument bound or asked for")
    func arguments() {
        #expect(
            faults { $0.questions = [] } == [.unboundArgument(step: "s3", argument: "title", tool: "report")]
        )
        #expect(
            faults { $0.steps[0].arguments = nil } == [
                .unboundArgument(step: "s1", argument: "url", tool: "download")
            ]
        )
    }

    @Test("refuses arguments that a closed schema does not list")
    func unknownArguments() {
        var skill = Samples.httpFetch
        skill.tools[0].inputSchema = [
            "type": "object", "properties": ["url": ["type": "string"]], "additionalProperties": false,
        ]
        let closed = [skill.id: skill]
        var plan = Samples.example
        plan.steps = [plan.steps[0]]
        plan.questions = []
        plan.steps[0].arguments?["colour"] = "red"
        #expect(
            PlanValidator(skills: closed).validate(plan) == [
                .unknownArgument(step: "s1", argument: "colour", tool: "download")
            ]
        )
    }

    @Test("says what to do")
    func messages() {
        #expect(
            "\(PlanFault.cycle(["a", "b"]))" == "these steps wait for each other: a → b → a; remove one dependency"
        )
        #expect(PlanFault.transitiveDependency(step: "a", dependency: "b").severity == .warning)
        #expect(PlanFault.cycle([]).severity == .error)
    }
}
