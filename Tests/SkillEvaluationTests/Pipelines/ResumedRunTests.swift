import JSONSchema
import Synchronization
import TestSupport
import Testing

@testable import SkillEvaluation

@Suite("Runs that are resumed")
struct ResumedRunTests {
    private struct Request: Identifiable, Sendable {
        let id: String
    }

    private struct Stopped: Error {}

    private let requests = (0..<600).map { Request(id: "q\($0)") }
    private let configuration = RunConfiguration(["system": "local"])

    private func record(_ request: Request) -> QueryRecord {
        QueryRecord(id: request.id, values: [.decompositionAccuracy: request.id.hasSuffix("1") ? 1 : 0])
    }

    @Test("go on where they stopped, with the same chunks, and give the same records")
    func resuming() async throws {
        try await withTemporaryFolder { folder in
            let file = "\(folder)/records.jsonl"
            let expected = requests.map(record)
            var chunks: [[String]] = []
            await #expect(throws: Stopped.self) {
                let log = try RecordLog(file: file, configuration: configuration)
                let run = await ResumedRun(log: log) { done in if done == 300 { Issue.record("too far") } }
                _ = try await run.records(of: requests) { chunk in
                    guard chunks.isEmpty else { throw Stopped() }
                    chunks.append(chunk.map(\.id))
                    return chunk.map(record)
                }
            }
            let log = try RecordLog(file: file, configuration: configuration)
            let furthest = Mutex(0)
            let run = await ResumedRun(log: log) { done in furthest.withLock { $0 = max($0, done) } }
            #expect(run.done.count == ResumedRun.chunkSize)
            let records = try await run.records(of: requests) { chunk in
                chunks.append(chunk.map(\.id))
                return chunk.map(record)
            }
            #expect(records == expected)
            #expect(chunks.map(\.count) == [256, 256, 88])
            #expect(chunks.flatMap(\.self) == requests.map(\.id))
            #expect(furthest.withLock(\.self) == 600)
        }
    }

    @Test("an evaluation that leaves a request out is a fault, not a gap")
    func missingRecord() async throws {
        let run = await ResumedRun(log: nil) { _ in }
        await #expect(throws: DataFault.self) {
            _ = try await run.records(of: requests) { chunk in chunk.dropLast().map(record) }
        }
    }
}
