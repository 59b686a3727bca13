import FoundationEssentials
import SkillRetrieval
import TaskDecomposition
import TestSupport
import Testing

/// A set of requests with gold steps, and the share of them whose number of steps must be right.
struct StepCountCase: Sendable, CustomTestStringConvertible {
    var file: String
    var local: Double
    var plain: ClosedRange<Double>

    init(_ file: String, local: Double, plain: ClosedRange<Double>) {
        self.file = file
        self.local = local
        self.plain = plain
    }

    var testDescription: String { file }

    private struct Record: Decodable {
        var query: String
        var steps: [String]
    }

    /// How many requests the decomposer cuts into as many steps as the gold answer has, 0…1.
    ///
    /// - Parameter most: how many records to read; all unless it would take long.
    func accuracy(of decomposer: some Decomposer, most: Int = .max) async throws -> Double {
        let decoder = JSONDecoder()
        var hits = 0
        let records = try SharedData.lines(file).prefix(most).map {
            try decoder.decode(Record.self, from: Data($0.utf8))
        }
        for record in records {
            let steps = try await decomposer.decompose(record.query).subtasks
            if steps.count == record.steps.count { hits += 1 }
        }
        return Double(hits) / Double(max(records.count, 1))
    }
}

@Suite("Step counts on open data", .enabled(if: SharedData.path("data/tasks") != nil, SharedData.absence))
struct StepCountTests {
    private static let cases = [
        StepCountCase("data/tasks/nestful.queries.jsonl", local: 0.92, plain: 0.36...0.40),
        StepCountCase("data/tasks/sealtools.queries.jsonl", local: 0.76, plain: 0.30...0.34),
        StepCountCase("data/tasks/metatool.queries.jsonl", local: 0.57, plain: 0.61...0.651),
        StepCountCase("data/tasks/gnn4plan_ultratool.queries.jsonl", local: 0.50, plain: 0.18...0.22),
        StepCountCase("data/compskillbench/queries.jsonl", local: 0.92, plain: 0.93...0.95),
    ]

    @Test("the local decomposer finds the number of steps", arguments: cases)
    func local(example: StepCountCase) async throws {
        #expect(try await example.accuracy(of: LocalDecomposer(), most: 700) >= example.local)
    }

    @Test("the plain split is the baseline the data's notes speak of", arguments: cases)
    func plain(example: StepCountCase) async throws {
        #expect(example.plain.contains(try await example.accuracy(of: PlainSplitDecomposer())))
    }
}
