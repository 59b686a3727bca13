import LanguageModels
import SkillEvaluation
import Testing

@Suite("Tables")
struct TableTests {
    @Test("Published figures stand first and are labelled, ours have intervals")
    func labels() {
        let text = ReportBlock.compskill.markdown(BenchmarkResults(runs: [sampleSummary()]))
        let lines = text.split(separator: "\n")
        #expect(lines[0] == "| System | Figures | Requests | DA | DA±1 | CatR@1 | CatR@5 | CatR@10 | Chain_cat |")
        #expect(lines[1] == "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
        #expect(lines[2] == "| Vanilla, Qwen2.5-7B | published | 300 | 0.510 | 0.713 | 0.342 | – | 0.686 | 0.040 |")
        #expect(text.contains("| Local decomposer | measured | 6 | 0.833 ["))
    }

    @Test("A language-model system without a run is not measured and has no figure")
    func notMeasured() throws {
        let text = ReportBlock.compskill.markdown(BenchmarkResults(runs: [sampleSummary()]))
        for system in BenchmarkSystem.allCases where system.needsLanguageModel {
            let row = try #require(
                text.split(separator: "\n").first { $0.hasPrefix("| \(system.title) | not measured") }
            )
            #expect(!row.contains { $0.isNumber })
        }
        let measured = ReportBlock.compskill.markdown(BenchmarkResults(runs: [sampleSummary(system: .sad)]))
        #expect(!measured.contains("| SAD | not measured"))
        #expect(measured.contains("| SAD | measured | 6 |"))
    }

    @Test("Every published figure is the one of the data's notes")
    func publishedFigures() {
        let chain = PublishedFigures.systems.compactMap { $0.metrics[.categoryChain] }
        #expect(chain == [0.040, 0.073])
        let accuracies = PublishedFigures.systems.compactMap { $0.metrics[.decompositionAccuracy] }
        #expect(accuracies == [0.510, 0.677, 0.920, 0.900, 0, 0.993])
        let first = PublishedFigures.systems.compactMap { $0.metrics[.categoryRecallAt1] }
        #expect(first == [0.342, 0.370, 0.394, 0.211, 0.154, 0.398, 0.296, 0.374, 0.451, 0.371, 0.409])
        #expect(PublishedFigures.systems.compactMap { $0.metrics[.categoryRecallAt10] } == [0.686, 0.703, 0.791])
    }

    @Test("The token table sets the published figures beside ours and names each source")
    func tokens() {
        let text = ReportBlock.tokens.markdown(BenchmarkResults(runs: [sampleSummary()]))
        #expect(text.contains("| compskill | LLM-Direct, Qwen-Max | published | – | – | – | 884,000 |"))
        #expect(text.contains("| compskill | SAD, Qwen2.5-7B | published | – | – | – | 1,160 |"))
        #expect(text.contains("| compskillbench | Local decomposer | measured | 6 | 0 | 0 | 0 |"))
    }

    @Test("Edges are shown by the kind of the gold edges, with the number of tasks that have any")
    func edges() {
        let records = [
            QueryRecord(
                id: "a",
                traits: QueryTraits(edgeKind: .data),
                values: [.edgePrecision: 1, .edgeRecall: 0.5, .edgeF1: 0.75]
            ), QueryRecord(id: "b", traits: QueryTraits(edgeKind: .sequence), values: [.independenceKept: 1]),
        ]
        let run = sampleSummary(.tasks, dataSet: "demo", records: records)
        let text = ReportBlock.tasksEdges.markdown(BenchmarkResults(runs: [run]))
        #expect(text.contains("| demo | Local decomposer | data | 1 | 1.000 [1.000, 1.000] | 0.500 "))
        #expect(text.contains("| demo | Local decomposer | sequence | 0 | – | – | – | 1.000 "))
    }

    @Test("Each set's data findings are shown once")
    func data() {
        let results = BenchmarkResults(runs: [sampleSummary(), sampleSummary(system: .clauses)])
        let rows = ReportBlock.data.markdown(results).split(separator: "\n").dropFirst(2)
        #expect(rows == ["| compskill | compskillbench | 0 | 0 | 0 | 0 | 0 | 0 |"])
    }

    @Test("A block without figures says that nothing was measured", arguments: [ReportBlock.retrieval, .latency])
    func empty(block: ReportBlock) {
        #expect(block.markdown(BenchmarkResults()) == "Not measured yet.\n")
    }

    @Test(
        "A cell cannot end its row or start a tag",
        arguments: [
            ("a|b", "a\\|b"), ("a\nb", "a b"), ("<!-- /bench -->", "&lt;!-- /bench -->"), ("\\|", "\\\\\\|"),
            ("a&b", "a&amp;b"),
        ]
    )
    func escaping(cell: String, expected: String) {
        #expect(MarkdownTable(["h"], rows: [[cell]]).text == "| h |\n| --- |\n| \(expected) |\n")
    }
}
