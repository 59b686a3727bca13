import JSONSchema
import LanguageModels
import SkillRetrieval
import Testing

@testable import PlanComposition

@Suite("A plan as JSON")
struct PlanJSONTests {
    @Test("has the keys of the contract in its order, additions after them")
    func keys() throws {
        let json = Samples.example.json
        #expect(
            json.objectValue?.keys == [
                "request", "decomposer", "steps", "groups", "questions", "diagnostics", "tokens", "timings",
            ]
        )
        #expect(json["tokens"]?.objectValue?.keys == ["prompt", "completion", "source"])
        #expect(
            json["timings"]?.objectValue?.keys == [
                "decompose_ms", "retrieve_ms", "compose_ms", "total_ms", "refine_ms",
            ]
        )
        let step = try #require(json["steps"]?.arrayValue?.last?.objectValue)
        #expect(
            step.keys == [
                "id", "subtask", "skill", "tool", "score", "candidates", "depends_on", "arguments", "confidence",
                "span",
                "depends_because",
            ]
        )
        #expect(step["candidates"]?.arrayValue?.first?.objectValue?.keys == ["skill", "tool", "score"])
        #expect(json["groups"] == [["s1"], ["s2"], ["s3"]])
    }

    @Test("writes the sub-task as its text, scores with four decimals and references as objects")
    func values() throws {
        let step = try #require(Samples.example.json["steps"]?.arrayValue?[1])
        #expect(step["subtask"] == "transform it")
        #expect(step["score"] == .number(0.4444))
        #expect(step["arguments"] == ["path": ["$from": "s1", "path": "/path"]])
        #expect(step["depends_because"] == ["s1": ["kind": "reference", "cue": "it"]])
    }

    @Test("keeps an abstained step with null for its skill")
    func abstained() throws {
        let plan = Plan(
            request: "r",
            decomposer: "d",
            steps: [PlanStep(id: "s1", subtask: Subtask(id: "s1", text: "t"), abstention: "nothing fits")]
        )
        let step = try #require(plan.json["steps"]?.arrayValue?.first?.objectValue)
        #expect(step["skill"] == .null && step["tool"] == .null && step["arguments"] == .null)
        #expect(try Plan(json: plan.json) == plan)
    }

    @Test("comes back as it was written")
    func roundTrip() throws {
        var plan = Samples.example
        plan.steps[1].score = 0.4444
        plan.steps[1].candidates[0].score = 0.4444
        plan.timings = PlanTimings(decompose: 1.5, retrieve: 2.25, compose: 0.125, total: 4)
        plan.diagnostics = ["quote \" and \n line"]
        #expect(try Plan(jsonText: plan.json.serialized(.indented)) == plan)
    }

    @Test("keeps how its steps came about, after everything else")
    func decomposition() throws {
        var plan = Samples.example
        plan.decomposition = DecompositionReport(
            model: "m",
            rounds: [
                DecompositionRound(steps: 3, hints: 15),
                DecompositionRound(
                    steps: 2,
                    hints: 9,
                    jaccard: 0.6667,
                    call: ModelCall(
                        tokens: TokenUsage(prompt: 700, completion: 90, source: .measured),
                        latency: 812.5,
                        finishReason: .length
                    )
                ),
            ],
            fallback: "the reply breaks off"
        )
        let json = plan.json
        #expect(json.objectValue?.keys.last == "decomposition")
        #expect(json["decomposition"]?["calls"] == 1)
        #expect(try Plan(jsonText: json.serialized()).decomposition == plan.decomposition)
        let summary = "decomposed by m: 2 rounds, 1 call, 700 + 90 tokens (measured), hints 0.67 alike, 813 ms"
        #expect(plan.table().contains(summary))
    }

    @Test("may be written by hand with little in it")
    func byHand() throws {
        let plan = try Plan(
            jsonText: """
                {"request": "r", "steps": [{"id": "a", "subtask": "t", "skill": "x"},
                 {"id": "b", "subtask": "u", "skill": null, "depends_on": ["a"], "note": "unknown keys are fine"}]}
                """
        )
        #expect(plan.groups == [["a"], ["b"]])
        #expect(plan.edges == [PlanEdge(from: "a", to: "b")])
    }

    @Test(
        "that is no plan says where it is not",
        arguments: [
            ("[]", "must be an object"),
            ("{", "invalid JSON"),
            (#"{"request": "r"}"#, "/steps is missing"),
            (#"{"request": "r", "steps": [{"id": 1}]}"#, "/steps/0/id must be a string"),
            (#"{"request": "r", "steps": [{"id": "a"}]}"#, "/steps/0/subtask is missing"),
            (
                #"{"request": "r", "steps": [{"id": "a", "subtask": "t", "depends_on": ["b", 2]}]}"#,
                "/steps/0/depends_on/1 must be a string"
            ),
            (#"{"request": "r", "steps": [{"id": "a", "subtask": "t", "span": [5, 2]}]}"#, "/steps/0/span must be"),
            (#"{"request": "r", "steps": [], "tokens": {"source": "guessed"}}"#, "/tokens/source is guessed"),
        ]
    )
    func faults(text: String, message: String) {
        let error = #expect(throws: PlanSyntaxError.self) { try Plan(jsonText: text) }
        #expect(error?.description.contains(message) == true, "\(String(describing: error))")
    }
}
