import TestSupport
import Testing

@testable import SkillEvaluation

@Suite("Which run is which")
struct BenchmarkSettingsTests {
    @Test(
        "a set is called like its file, or like its folder where the file is only called queries",
        arguments: [
            ("data/tasks/nestful.queries.jsonl", "nestful"), ("data/compskillbench/queries.jsonl", "compskillbench"),
            ("queries.jsonl", "queries"), ("/retrieval/crosslist.jsonl", "crosslist"),
        ]
    )
    func names(file: String, name: String) { #expect(DataSetName.of(file) == name) }

    @Test("switches that differ from the standard are part of a run's name")
    func variants() {
        var settings = CompSkillBenchmark.Settings(.local)
        #expect(settings.variant == "")
        settings.hasCategoryInText = true
        settings.isComposed = false
        settings.label = "some-model"
        #expect(settings.variant == "some-model, category in text, not composed")
        #expect(TaskBenchmark.Settings(.local, given: .tools).system == .oracle)
        #expect(TaskBenchmark.Settings(.local, given: .tools).variant == "gold tools given")
        #expect(TaskBenchmark.Settings(.local, given: .steps).variant == "")
    }

    private let tools = """
        {"id":"t/a","name":"a","description":"fetch pages"}
        {"id":"t/b","name":"b","description":"draw charts"}

        """

    private func task(_ id: String, origin: String, tools: String, edges: String = "null", kind: String = "null")
        -> String
    {
        """
        {"id":"\(id)","query":"fetch a page and draw it","steps":["fetch a page","draw it"],"tools":\(tools),\
        "edges":\(edges),"aligned":\(tools != "[]"),"steps_from":"\(origin)","edge_kind":\(kind),"source":"made up"}

        """
    }

    @Test("starting from gold takes only tasks that can then be judged honestly")
    func usable() async throws {
        try await withTemporaryFolder { folder in
            try write(tools, to: "\(folder)/set.tools.jsonl")
            try write(
                task("written", origin: "gold", tools: #"["t/a","t/b"]"#)
                    + task("described", origin: "tool", tools: #"["t/a","t/b"]"#, edges: "[[0,1]]", kind: #""data""#)
                    + task("toolless", origin: "gold", tools: "[]", edges: "[[0,1]]", kind: #""annotated""#),
                to: "\(folder)/set.queries.jsonl"
            )
            let benchmark = try TaskBenchmark(
                tools: LibraryFile("\(folder)/set.tools.jsonl"),
                queries: "\(folder)/set.queries.jsonl"
            )
            #expect(benchmark.usable(given: .nothing).map(\.id) == ["written", "described", "toolless"])
            // The text of a step that is its tool's description would find itself.
            #expect(benchmark.usable(given: .steps).map(\.id) == ["written"])
            #expect(benchmark.usable(given: .tools).map(\.id) == ["described"])
        }
    }
}
