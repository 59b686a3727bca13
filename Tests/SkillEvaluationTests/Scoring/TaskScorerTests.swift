import JSONSchema
import SkillEvaluation
import Testing

@Suite("Scoring task sets")
struct TaskScorerTests {
    private func task(
        edges: GoldEdges? = GoldEdges(.data, [StepEdge(0, 1)]),
        isAligned: Bool = true,
        origin: GoldTask.StepOrigin = .gold,
        tools: [String] = ["db-1", "mail-1"],
        arguments: [JSONObject]? = nil
    ) -> GoldTask {
        GoldTask(
            id: "t",
            query: "q",
            steps: ["query", "mail"],
            tools: tools,
            edges: edges,
            isAligned: isAligned,
            stepOrigin: origin,
            source: "demo",
            arguments: arguments
        )
    }

    private let answer = prediction([["db-1", "db-2"], ["chart-1", "mail-1"]], edges: [StepEdge(0, 1)])

    @Test("From the request alone, counts, tools and edges are scored, step to tool retrieval is not")
    func fromRequest() {
        let record = TaskScorer(library: smallLibrary).record(for: task(), answer)
        #expect(record.values[.decompositionAccuracy] == 1)
        #expect(record.values[.toolPrecision] == 0.5)
        #expect(record.values[.toolRecall] == 0.5)
        // The second step chose another tool, so its edge cannot be aligned.
        #expect(record.values[.edgeF1] == 0)
        #expect(record.alignment == .tool)
        #expect(record.values[.stepToolRecallAt1] == nil)
        #expect(record.values[.planValidity] == 1)
        #expect(record.traits == QueryTraits(edgeKind: .data, stepOrigin: .gold))
    }

    @Test("From gold steps, step to tool retrieval is scored and the step count is not")
    func fromSteps() {
        let record = TaskScorer(library: smallLibrary, given: .steps).record(for: task(), answer)
        #expect(record.values[.decompositionAccuracy] == nil)
        #expect(record.values[.stepToolRecallAt1] == 0.5)
        #expect(record.values[.stepToolRecallAt5] == 1)
    }

    @Test("Step to tool retrieval is never scored on the tools' own descriptions, nor without alignment")
    func forbiddenRetrieval() {
        let scorer = TaskScorer(library: smallLibrary, given: .steps)
        for forbidden in [task(origin: .tool), task(isAligned: false)] {
            #expect(scorer.record(for: forbidden, answer).values[.stepToolRecallAt1] == nil)
        }
    }

    @Test("From gold tools, only edges, arguments and validity are scored")
    func fromTools() {
        let gold = task(arguments: [["sql": "SELECT 1"], ["body": "$var1.rows$"]])
        let answer = prediction(
            [["db-1"], ["mail-1"]],
            edges: [StepEdge(0, 1)],
            arguments: [["sql": "SELECT 1"], ["body": "$var1.rows$"]]
        )
        let record = TaskScorer(library: smallLibrary, given: .tools).record(for: gold, answer)
        #expect(
            record.values == [
                .edgePrecision: 1, .edgeRecall: 1, .edgeF1: 1, .literalArguments: 1, .literalArgumentCount: 1,
                .rightLiteralArguments: 1, .wrongLiteralArguments: 0, .referenceArguments: 1,
                .referencedSteps: 1, .planValidity: 1, .abstention: 0,
            ]
        )
    }

    @Test("A set without tools is aligned by position and has no tool metrics")
    func withoutTools() {
        let record = TaskScorer(library: nil).record(for: task(isAligned: false, tools: []), answer)
        #expect(record.alignment == .position)
        #expect(record.values[.edgeF1] == 1)
        #expect(record.values[.toolF1] == nil)
        #expect(record.values[.planValidity] == nil)
    }

    @Test("Unknown edges are not counted; known absence of edges is a metric of its own")
    func edgelessTasks() {
        let scorer = TaskScorer(library: nil)
        let unknown = scorer.record(for: task(edges: nil), answer).values
        #expect(unknown[.edgeF1] == nil)
        #expect(unknown[.independenceKept] == nil)
        let independent = scorer.record(for: task(edges: GoldEdges(.data, [])), answer).values
        #expect(independent[.edgeF1] == nil)
        #expect(independent[.independenceKept] == 0)
        let kept = scorer.record(for: task(edges: GoldEdges(.data, [])), prediction([[], []], edges: [])).values
        #expect(kept[.independenceKept] == 1)
    }

    @Test("Step texts are only compared where they were written for the request")
    func stepTexts() {
        let alignment = StepTextAlignment(similarity: [[1, 0], [0, 1]], goldStepCount: 2)
        let scorer = TaskScorer(library: nil)
        #expect(scorer.record(for: task(), answer, alignment: alignment).values[.stepTextF1] == 1)
        #expect(scorer.record(for: task(), answer).values[.stepTextF1] == nil)
        #expect(scorer.record(for: task(origin: .tool), answer, alignment: alignment).values[.stepTextF1] == nil)
    }

    @Test("Without composition the first candidates are the tools")
    func firstCandidates() {
        let values = TaskScorer(library: nil).record(for: task(), prediction([["db-1"], ["mail-1"]])).values
        #expect(values[.toolF1] == 1)
        #expect(values[.edgeF1] == nil)
    }

    @Test("A failure misses everything that is counted")
    func failure() {
        let record = TaskScorer(library: smallLibrary).record(for: task(), .failed("down"))
        #expect(record.values[.decompositionAccuracy] == 0)
        #expect(record.values[.toolF1] == 0)
        #expect(record.values[.edgeF1] == 0)
        #expect(record.failure == "down")
    }

    @Test("A retrieval record holds the five metrics of a ranking")
    func retrieval() {
        let query = RetrievalQuery(id: "r", query: "q", gold: ["db-1"])
        let record = RetrievalScorer.record(for: query, RankedRetrieval(inOrder: ["x", "db-1"]))
        #expect(record.values[.recallAt1] == 0)
        #expect(record.values[.recallAt5] == 1)
        #expect(record.values[.reciprocalRank] == 0.5)
        #expect(record.values.count == 5)
    }
}
