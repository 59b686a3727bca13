import JSONSchema
import SkillEvaluation
import TestSupport
import Testing

@Suite("The open data sets read without a fault")
struct OpenDataTests {
    @Test(
        "Every open task set has its number of tasks and nothing odd",
        .enabled(if: SharedData.path("data/tasks") != nil, SharedData.absence),
        arguments: [
            ("gnn4plan_ultratool", 2_573), ("metatool", 497), ("nestful", 159), ("restbench", 100), ("sealtools", 700),
            ("worfbench", 1_271),
        ]
    )
    func taskSets(name: String, count: Int) throws {
        let tools = try #require(SharedData.path("data/tasks/\(name).tools.jsonl"))
        let queries = try #require(SharedData.path("data/tasks/\(name).queries.jsonl"))
        let library = try LoadedRecords<LabelledLibrary.Entry>(file: tools).library
        let loaded = try LoadedRecords<GoldTask>(file: queries, library: library)
        #expect(loaded.records.count == count)
        #expect(loaded.report.findings.isEmpty)
        #expect(loaded.records.allSatisfy { ($0.stepToolPairs != nil) == ($0.stepOrigin == .gold && $0.isAligned) })
    }

    @Test(
        "CompSkillBench has 300 queries, 18 of them with hidden steps, and all categories are known",
        .enabled(if: SharedData.path("data/compskillbench") != nil, SharedData.absence)
    )
    func compSkillBench() throws {
        let skills = try #require(SharedData.path("data/library/mcp-servers-2026-05.jsonl"))
        let queries = try #require(SharedData.path("data/compskillbench/queries.jsonl"))
        let library = try LoadedRecords<LabelledLibrary.Entry>(file: skills).library
        #expect(library.entries.count == 2_209)
        #expect(library.categories.count == 24)
        let loaded = try LoadedRecords<CompSkillQuery>(file: queries, library: library)
        #expect(loaded.records.count == 300)
        #expect(loaded.records.count(where: \.isClean) == 282)
        #expect(loaded.report.json == ["records": 300, "hidden_steps": 18])
        #expect(Difficulty.allCases.map { level in loaded.records.count { $0.difficulty == level } } == [150, 100, 50])
    }

    @Test(
        "The retrieval queries have their gold skills in the library",
        .enabled(if: SharedData.path("data/retrieval") != nil, SharedData.absence)
    )
    func retrieval() throws {
        let skills = try #require(SharedData.path("data/library/mcp-servers-2026-05.jsonl"))
        let queries = try #require(SharedData.path("data/retrieval/crosslist.jsonl"))
        let library = try LoadedRecords<LabelledLibrary.Entry>(file: skills).library
        let loaded = try LoadedRecords<RetrievalQuery>(file: queries, library: library)
        #expect(loaded.records.count == 402)
        #expect(loaded.report.findings.isEmpty)
    }
}
