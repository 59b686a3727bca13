import SkillEvaluation
import SkillRetrieval
import Testing

@Suite("Baselines without a model")
struct MajorityStepCountTests {
    @Test(
        "A request is predicted to have the most frequent count of the others",
        arguments: [
            ([2, 2, 2, 3], [2, 2, 2, 2]),
            // Without its own, a 2 is left with one 2 and two 3s.
            ([2, 2, 3, 3], [3, 3, 2, 2]),
            // Of equally frequent ones the smaller.
            ([5, 4, 3], [3, 3, 4]), ([7], [1]), ([], []),
        ]
    )
    func predictions(gold: [Int], expected: [Int]) {
        #expect(MajorityStepCount.predictions(gold) == expected)
    }

    @Test("Its records hold step counts and nothing else")
    func records() throws {
        let queries = [1, 1, 3].enumerated().map { number, steps in
            CompSkillQuery(
                id: "q\(number)",
                query: "q",
                difficulty: .easy,
                steps: Array(repeating: "s", count: steps),
                categories: Array(repeating: "db", count: steps)
            )
        }
        let records = MajorityStepCount.records(for: queries)
        #expect(records.map(\.predictedSteps) == [1, 1, 1])
        #expect(
            records[2].values == [
                .decompositionAccuracy: 0, .decompositionAccuracyWithinOne: 0, .stepCountError: 2,
            ]
        )
        #expect(records[0].traits.isClean == true)
    }

    @Test("The whole request is one sub-task that covers it, a blank one is none")
    func wholeRequest() {
        let subtasks = WholeRequestRetrieval.subtasks(of: "Do ä")
        #expect(subtasks.map(\.text) == ["Do ä"])
        #expect(subtasks.first?.span == 0..<5)
        #expect(WholeRequestRetrieval.subtasks(of: " \n").isEmpty)
    }

    @Test("The tools of a whole request are its first different candidates")
    func wholeRequestTools() {
        let task = GoldTask(
            id: "t",
            query: "q",
            steps: ["x", "y"],
            tools: ["A", "B"],
            isAligned: true,
            stepOrigin: .tool,
            source: "demo"
        )
        let candidates = ["A", "A", "C", "B"].map { Prediction.Step.candidate($0) }
        let record = WholeRequestRetrieval.record(for: task, candidates: candidates, size: 2)
        #expect(record.values == [.toolPrecision: 0.5, .toolRecall: 0.5, .toolF1: 0.5])
    }
}
