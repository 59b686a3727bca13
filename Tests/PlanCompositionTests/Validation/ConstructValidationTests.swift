import JSONSchema
import SkillCatalog
import Testing

@testable import PlanComposition

@Suite("The validation of arguments, fan-outs and conditions")
struct ConstructValidationTests {
    private let skills: [String: Skill] = {
        let list = Samples.tool(
            "list",
            returns: [
                "files": ["type": "array", "items": ["type": "object", "properties": ["url": ["type": "string"]]]],
                "count": ["type": "integer"],
            ]
        )
        let fetch = Samples.tool(
            "fetch",
            takes: ["!url": ["type": "string"], "tags": ["type": "array", "items": ["type": "string"]]],
            returns: ["size": ["type": "integer"]]
        )
        return ["x": Samples.skill("x", list, fetch)]
    }()

    private func faults(_ change: (inout PlanStep) -> Void) -> [PlanFault] {
        var plan = Samples.plan(["s1": [], "s2": ["s1"]])
        plan.steps[0].tool = "list"
        plan.steps[1].tool = "fetch"
        plan.steps[1].arguments = ["url": "https://example.org"]
        change(&plan.steps[1])
        return PlanValidator(skills: skills).validate(plan)
    }

    @Test("refuses a literal of the wrong type, and says where in it")
    func types() {
        let number = faults { $0.arguments?["url"] = 5 }
        #expect(number.map(\.code) == ["argument-of-wrong-type"])
        let nested = faults { $0.arguments?["tags"] = ["a", 5] }
        #expect(nested.first?.description.contains("/1") == true)
    }

    @Test("takes a reference for whatever it will be")
    func references() {
        #expect(faults { $0.arguments?["url"] = ["$from": "s1", "path": "/files/0/url"] } == [])
        #expect(faults { $0.arguments?["tags"] = ["a", ["$from": "s1", "path": "/count"]] } == [])
        let mixed = faults { $0.arguments?["tags"] = [5, ["$from": "s1", "path": "/count"]] }
        #expect(mixed.map(\.code) == ["argument-of-wrong-type"])
    }

    @Test("warns of a place that the result schema does not list")
    func places() {
        let found = faults { $0.arguments?["url"] = ["$from": "s1", "path": "/file"] }
        #expect(found == [.unknownOutput(step: "s2", argument: "url", target: "s1", path: "/file")])
        #expect(found.map(\.severity) == [.warning])
    }

    @Test("knows the element at hand only inside a fan-out")
    func items() {
        let item: JSONValue = ["$item": "/url"]
        #expect(
            faults { $0.arguments?["url"] = item } == [.itemOutsideFanOut(step: "s2", argument: "url")]
        )
        let list: JSONValue = ["$from": "s1", "path": "/files"]
        #expect(
            faults { step in
                step.arguments?["url"] = item
                step.forEach = FanOut(list: list)
                step.condition = StepCondition(left: ["$item": "/size"], is: .above, right: 1)
            } == []
        )
        #expect(
            faults { step in
                step.forEach = FanOut(list: [["$item": ""]])
            } == [.itemOutsideFanOut(step: "s2", argument: "for_each")]
        )
        let malformed = faults { step in
            step.forEach = FanOut(list: list)
            step.arguments?["url"] = ["$item": "url"]
        }
        #expect(malformed.map(\.code) == ["malformed-reference"])
    }

    @Test("refuses to run over what is no list")
    func lists() {
        let found = faults { $0.forEach = FanOut(list: ["$from": "s1", "path": "/count"]) }
        #expect(found == [.fanOutOverNoList(step: "s2", target: "s1", path: "/count", type: "integer")])
    }

    @Test("takes the result of a fan-out for the list it is")
    func resultOfFanOut() {
        var plan = Samples.plan(["s1": [], "s2": ["s1"], "s3": ["s2"]])
        plan.steps[0].tool = "list"
        for index in 1...2 {
            plan.steps[index].tool = "fetch"
            plan.steps[index].arguments = ["url": ["$item": ""]]
        }
        plan.steps[1].forEach = FanOut(list: ["$from": "s1", "path": "/files"])
        plan.steps[2].forEach = FanOut(list: ["$from": "s2", "path": ""])
        #expect(PlanValidator(skills: skills).validate(plan).isEmpty)
        plan.steps[2].forEach = FanOut(list: ["$from": "s2", "path": "/0/size"])
        #expect(PlanValidator(skills: skills).validate(plan).map(\.code) == ["fan-out-over-no-list"])
    }

    @Test("wants the left side of a condition bound or asked for")
    func conditions() {
        let open = StepCondition(left: .null, is: .above, right: 1)
        #expect(faults { $0.condition = open } == [.unboundCondition(step: "s2")])
        var plan = Samples.plan(["s1": []])
        plan.steps[0].condition = open
        plan.questions = [PlanQuestion(step: "s1", argument: PlanQuestion.conditionSide, text: "?")]
        #expect(PlanValidator(skills: ["x": Samples.skill("x")]).validate(plan).isEmpty)
    }

    @Test(
        "says where in the file each fault is",
        arguments: [
            (.argumentOfWrongType(step: "s2", argument: "a/b", problem: ""), "/steps/1/arguments/a~1b"),
            (.unknownDependency(step: "s2", dependency: "s1"), "/steps/1/depends_on/0"),
            (.itemOutsideFanOut(step: "s2", argument: "for_each"), "/steps/1/for_each/list"),
            (.unboundCondition(step: "s1"), "/steps/0/when/left"), (.cycle(["s2"]), "/steps/1/depends_on"),
        ] as [(PlanFault, String)]
    )
    func fault(fault: PlanFault, place: String) {
        #expect(fault.place(in: Samples.plan(["s1": [], "s2": ["s1"]])) == place)
    }
}
