import FoundationEssentials
import JSONSchema
import SkillRetrieval
import TestSupport
import Testing

@testable import PlanComposition

@Suite("The published schema of plans")
struct PlanSchemaTests {
    static let schema: Schema = {
        do {
            let data = try Data(contentsOf: URL(filePath: PackageRoot.path("Docs/plan.schema.json")))
            return try Schema(try JSONParser.parse(String(decoding: data, as: UTF8.self)))
        } catch {
            preconditionFailure("Docs/plan.schema.json is no schema: \(error)")
        }
    }()

    @Test("accepts every plan that is composed")
    func composed() {
        #expect(Self.schema.violations(in: Samples.example.json).isEmpty)
        var plan = Samples.example
        plan.steps[1].forEach = FanOut(list: ["$from": "s1", "path": "/paths"], limit: 3, cue: "each")
        plan.steps[2].condition = StepCondition(left: .null, is: .notEmpty, cue: "if there are any")
        plan.steps[0].skill = nil
        plan.steps[0].tool = nil
        plan.steps[0].abstention = "none"
        plan.flags = [PlanFlag(.privateToPublic, from: "s1", to: "s2", why: "because")]
        #expect(Self.schema.violations(in: plan.json).isEmpty)
    }

    @Test(
        "accepts what the reader accepts, and refuses what it refuses",
        arguments: [
            (#""steps": []"#, true),
            (#""steps": [{"id": "s1"}]"#, false),
            (#""steps": {}"#, false),
            (#""steps": [], "questions": null"#, true),
            (#""steps": [], "questions": [{"step": "s1", "argument": "a"}]"#, false),
            (#""steps": [], "tokens": {"prompt": 1}"#, false),
            (#""steps": [], "tokens": {"prompt": 1, "completion": 2, "source": "guessed"}"#, false),
            (#""steps": [], "timings": {"total_ms": "fast"}"#, false),
            (#""steps": [], "flags": [{"kind": "odd", "from": "a", "to": "b"}]"#, false),
            (#""steps": [], "flags": [{"kind": "private_to_public", "from": "a", "to": "b"}]"#, true),
            (#""steps": [], "diagnostics": [1]"#, false),
            (#""steps": [], "something": 1"#, true),
        ] + Self.steps
    )
    func agreement(members: String, isPlan: Bool) throws {
        let value = try JSONParser.parse(#"{"request": "r", \#(members)}"#)
        #expect(((try? Plan(json: value)) != nil) == isPlan)
        #expect(Self.schema.accepts(value) == isPlan)
    }

    private static let steps: [(String, Bool)] = [
        (#""skill": null, "tool": null, "arguments": null"#, true),
        (#""skill": 5"#, false),
        (#""depends_on": ["s0"], "depends_because": {"s0": {"kind": "mention", "cue": "it"}}"#, true),
        (#""depends_on": ["s0"], "depends_because": {"s0": {"kind": "whim", "cue": "it"}}"#, false),
        (#""depends_on": [0]"#, false),
        (#""arguments": []"#, false),
        (#""candidates": [{"skill": "a"}]"#, true),
        (#""candidates": [{"tool": "a"}]"#, false),
        (#""span": [0, 4]"#, true),
        (#""span": [0]"#, false),
        (#""span": [-1, 4]"#, false),
        (#""implicit": {"for": "s2", "input": "id"}"#, true),
        (#""implicit": {"for": "s2"}"#, false),
        (#""for_each": {"list": [1, 2]}"#, true),
        (#""for_each": {"list": {"$from": "s0"}, "limit": 2, "cue": "each"}"#, true),
        (#""for_each": {"list": {"$item": ""}}"#, false),
        (#""for_each": {"list": [], "limit": 0}"#, false),
        (#""for_each": {}"#, false),
        (#""when": {"left": null, "is": "above", "right": 1}"#, true),
        (#""when": {"left": 1, "is": "above"}"#, false),
        (#""when": {"left": 1, "is": "empty"}"#, true),
        (#""when": {"is": "empty"}"#, false),
        (#""when": {"left": 1, "is": "roughly", "right": 1}"#, false),
    ].map { (#""steps": [{"id": "s1", "subtask": "x", \#($0.0)}]"#, $0.1) }
}
