import JSONSchema
import PlanComposition
import Testing

@Suite("Plan constructs")
struct PlanConstructsTests {
    private static let text = """
        {"request": "r", "steps": [
          {"id": "s1", "subtask": "list"},
          {"id": "s2", "subtask": "fetch each", "depends_on": ["s1"],
           "for_each": {"list": {"$from": "s1", "path": "/urls"}, "limit": 5},
           "arguments": {"url": {"$item": ""}},
           "when": {"left": {"$from": "s1", "path": "/count"}, "is": "above", "right": 3}}]}
        """

    @Test("a fan-out and a condition survive being written and read")
    func roundTrip() throws {
        let plan = try Plan(jsonText: Self.text)
        let step = try #require(plan.step("s2"))
        #expect(step.forEach == FanOut(list: ["$from": "s1", "path": "/urls"], limit: 5))
        #expect(step.condition?.comparison == .above)
        #expect(try Plan(json: plan.json).step("s2") == step)
    }

    @Test(
        "what is no fan-out or condition is refused with its place",
        arguments: [
            (#""for_each": {"list": "all"}"#, "/steps/0/for_each/list"),
            (#""for_each": {"list": [], "limit": 0}"#, "/steps/0/for_each/limit"),
            (#""when": {"left": 1, "is": "roughly"}"#, "/steps/0/when/is"),
            (#""when": {"left": 1, "is": "above"}"#, "/steps/0/when/right"),
            (#""when": {"is": "empty"}"#, "/steps/0/when/left"),
        ]
    )
    func refused(member: String, place: String) {
        let text = #"{"request": "r", "steps": [{"id": "s1", "subtask": "x", \#(member)}]}"#
        let error = #expect(throws: PlanSyntaxError.self) { try Plan(jsonText: text) }
        #expect(error?.place == place)
    }

    @Test("a list or condition that comes from a step which may not have run is a fault")
    func dependency() throws {
        var plan = try Plan(jsonText: Self.text)
        plan.steps[1].dependsOn = []
        let faults = PlanValidator(skills: [:]).validate(plan)
        #expect(faults.contains(.referenceWithoutDependency(step: "s2", argument: "for_each", target: "s1")))
        #expect(faults.contains(.referenceWithoutDependency(step: "s2", argument: "when", target: "s1")))
    }
}
