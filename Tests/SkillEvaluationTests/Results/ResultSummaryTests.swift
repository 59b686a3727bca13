import JSONSchema
import LanguageModels
import TestSupport
import Testing

@testable import SkillEvaluation

@Suite("Result files")
struct ResultSummaryTests {
    @Test("Figures are reported for all, for clean requests and by difficulty")
    func slices() throws {
        let summary = sampleSummary()
        #expect(summary.slices.map(\.slice.name) == ["all", "clean", "easy", "medium", "hard"])
        #expect(summary[.all]?.queryCount == 6)
        #expect(summary[.clean]?.queryCount == 5)
        #expect(summary[.clean]?.metrics[.decompositionAccuracy]?.mean == 1)
        let all = try #require(summary[.all]?.metrics[.decompositionAccuracy])
        #expect(abs(all.mean - 5.0 / 6) < 1e-12)
        #expect(all.count == 6)
        #expect(summary[.difficulty(.hard)]?.metrics[.decompositionAccuracy]?.mean == 0.5)
        #expect(summary[.edgeKind(.data)] == nil)
        #expect(summary.failureCount == 1)
    }

    @Test("A metric is averaged over the requests that are counted in it only")
    func countedOnly() {
        let records = [
            QueryRecord(id: "a", values: [.edgeF1: 1]), QueryRecord(id: "b", values: [:]),
            QueryRecord(id: "c", values: [.edgeF1: 0]),
        ]
        let summary = SliceSummary(of: records, bootstrap: quickBootstrap)
        #expect(summary.metrics[.edgeF1]?.mean == 0.5)
        #expect(summary.metrics[.edgeF1]?.count == 2)
        #expect(summary.metrics[.decompositionAccuracy] == nil)
    }

    @Test("The order in which requests were done changes nothing")
    func orderDoesNotMatter() {
        #expect(sampleSummary() == sampleSummary(records: sampleRecords.reversed()))
    }

    @Test("Percentiles and tokens are part of the figures")
    func latencyAndTokens() {
        let all = sampleSummary()[.all]
        let latency = all?.latencies[.total]
        #expect(latency == .init([5: 10.25, 25: 11.25, 50: 12.5, 75: 13.75, 95: 14.75, 99: 14.95], count: 6))
        #expect(latency?[50] == 12.5)
        #expect(latency?[42] == nil)
        #expect(all?.latencies[.decompose] == nil)
        #expect(all?.tokens.means[.measured] == .init(prompt: 0, completion: 0, count: 6))
    }

    @Test("A results file read again says the same, to the byte")
    func roundTrip() async throws {
        try await withTemporaryFolder { folder in
            let tasks = sampleSummary(
                .tasks,
                dataSet: "nestful",
                records: [QueryRecord(id: "x", traits: QueryTraits(edgeKind: .data), values: [.edgeF1: 0.25])]
            )
            let results = BenchmarkResults(environment: ["cpu": "test"], runs: [sampleSummary(), tasks])
            try results.write(to: "\(folder)/results.json")
            let read = try BenchmarkResults(file: "\(folder)/results.json")
            #expect(read.json.serialized(.indented) == results.json.serialized(.indented))
            #expect(read.runs.map(\.identity) == results.runs.map(\.identity))
        }
    }

    @Test("Members come in a fixed order and figures with a fixed number of places")
    func layout() throws {
        let json = sampleSummary().json
        #expect(json.objectValue?.keys.prefix(5) == ["benchmark", "data_set", "system", "title", "variant"])
        let metrics = json["slices"]?["all"]?["metrics"]
        #expect(metrics?.objectValue?.keys == ["da", "cat_r_at_1", "chain_cat"])
        #expect(metrics?["da"]?["mean"] == 0.8333)
    }

    @Test("A run made again takes the place of the earlier one")
    func replacement() {
        var results = BenchmarkResults(runs: [sampleSummary(), sampleSummary(system: .clauses)])
        results.add(sampleSummary(records: Array(sampleRecords.prefix(2))))
        #expect(results.runs.map(\.identity.system) == [.local, .clauses])
        #expect(results.runs[0][.all]?.queryCount == 2)
        results.add(sampleSummary(variant: "with labels"))
        #expect(results.runs.count == 3)
    }

    @Test(
        "A results file that is not one says where",
        arguments: [
            ("{", "invalid JSON"), ("[]", "holds no JSON object"), ("{}", "\"format\" must be"),
            (
                #"{"format":"skillweaver-results","version":2}"#,
                "\"version\" must be 1, the version this program reads, but is 2"
            ),
            (
                #"{"format":"skillweaver-results","version":1,"environment":{},"runs":[{"slices":{"x":{}}}]}"#,
                "\"runs[0].slices.x\" must be absent"
            ),
        ]
    )
    func malformed(text: String, message: String) async throws {
        try await withTemporaryFolder { folder in
            try write(text, to: "\(folder)/results.json")
            let fault = try #require(throws: DataFault.self) { try BenchmarkResults(file: "\(folder)/results.json") }
            #expect(fault.message.hasPrefix(message), "\(fault.message)")
        }
    }

    @Test(
        "Numbers are written with a stated number of places",
        arguments: [
            (0.51, 3, "0.510"), (884_000, 0, "884,000"), (1_160, 0, "1,160"), (-0.0004, 3, "0.000"), (-1.5, 1, "−1.5"),
            (0.9995, 3, "1.000"), (999.96, 1, "1,000.0"), (0, 2, "0.00"), (1_234_567.891, 2, "1,234,567.89"),
        ]
    )
    func numbers(value: Double, places: Int, expected: String) {
        #expect(Rounding.text(value, places: places) == expected)
    }
}
