import JSONSchema
import SkillEvaluation
import TestSupport
import Testing

@Suite("Runs")
struct EvaluationRunTests {
    private struct Interruption: Error {}

    private let queries = ["a", "b", "c", "d"].map { RetrievalQuery(id: $0, query: $0, gold: ["x"]) }
    private let configuration = RunConfiguration(["k": "v"])

    @Test("An interrupted run resumes where it stopped and gives the records of an uninterrupted one")
    func resumes() async throws {
        try await withTemporaryFolder { folder in
            let file = "\(folder)/run.jsonl"
            await #expect(throws: Interruption.self) {
                let log = try RecordLog(file: file, configuration: configuration)
                _ = try await EvaluationRun(log: log).records(of: queries) { query in
                    if query.id == "c" { throw Interruption() }
                    return QueryRecord(id: query.id, predictedSteps: 1)
                }
            }
            var asked: [String] = []
            var progress: [Int] = []
            let log = try RecordLog(file: file, configuration: configuration)
            let records = try await EvaluationRun(log: log).records(of: queries) { done, total in
                progress.append(done)
                #expect(total == 4)
            } evaluate: { query in
                asked.append(query.id)
                return QueryRecord(id: query.id, predictedSteps: 1)
            }
            #expect(asked == ["c", "d"])
            #expect(progress == [2, 3, 4])
            #expect(records.map(\.id) == ["a", "b", "c", "d"])
            #expect(try RecordFile(file: file).records == records)
        }
    }

    @Test("A run without a file keeps its records in memory")
    func inMemory() async throws {
        let records = try await EvaluationRun().records(of: queries) { QueryRecord(id: $0.id) }
        #expect(records.map(\.id) == ["a", "b", "c", "d"])
    }

    @Test("A cancelled run stops before the next request")
    func cancelled() async throws {
        let queries = queries
        let task = Task {
            try await EvaluationRun().records(of: queries) { query in
                withUnsafeCurrentTask { $0?.cancel() }
                return QueryRecord(id: query.id)
            }
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
