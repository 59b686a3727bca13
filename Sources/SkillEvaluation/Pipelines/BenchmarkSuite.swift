import JSONSchema
package import LanguageModels
import Storage

/// Everything a data folder holds: CompSkillBench, the task sets, the retrieval sets; all of it read and checked.
package struct BenchmarkSuite: Sendable {
    private let compskill: CompSkillBenchmark
    private let tasks: [TaskBenchmark]
    private let retrieval: [RetrievalBenchmark]

    /// The library that CompSkillBench and the retrieval sets are about.
    private static let library = "library/mcp-servers-2026-05.jsonl"
    private static let queries = "compskillbench/queries.jsonl"

    /// Reads the folder's files: `compskillbench/`, `library/`, `tasks/*.queries.jsonl` with their `*.tools.jsonl`, and
    /// `retrieval/*.jsonl`.
    ///
    /// - Throws: The fault of the first malformed line of any file; nothing was done until then.
    package init(folder: String) throws(DataFault) {
        let library = try LibraryFile("\(folder)/\(Self.library)")
        compskill = try CompSkillBenchmark(library: library, queries: "\(folder)/\(Self.queries)")
        var tasks: [TaskBenchmark] = []
        let suffix = ".queries.jsonl"
        for name in FileSystem.contents(of: "\(folder)/tasks") where name.hasSuffix(suffix) {
            let stem = "\(folder)/tasks/\(name.dropLast(suffix.count))"
            let tools = try LibraryFile("\(stem).tools.jsonl")
            tasks.append(try TaskBenchmark(tools: tools, queries: stem + suffix))
        }
        self.tasks = tasks
        var retrieval = [RetrievalBenchmark(phrases: compskill)] + tasks.compactMap(RetrievalBenchmark.init(tasks:))
        for name in FileSystem.contents(of: "\(folder)/retrieval") where name.hasSuffix(".jsonl") {
            retrieval.append(try RetrievalBenchmark(library: library, queries: "\(folder)/retrieval/\(name)"))
        }
        self.retrieval = retrieval
    }

    /// Every run that needs no language model, in the order of reports.
    package func runs(on workbench: EvaluationWorkbench) -> [BenchmarkRun] {
        compskillRuns(workbench) + tasks.flatMap { taskRuns($0, workbench) }
            + retrievalRuns(on: workbench)
    }

    /// The runs that judge retrieval alone: each part on each set.
    package func retrievalRuns(on workbench: EvaluationWorkbench) -> [BenchmarkRun] {
        retrieval.flatMap { set in workbench.retrievalSystems.map { set.run($0, on: workbench) } }
    }

    /// The runs of CompSkillBench that ask a language model, in the order of reports.
    ///
    /// - Parameter isReplayed: Whether the model's replies are recordings.
    package func runs(
        asking model: any ChatModel,
        isReplayed: Bool,
        on workbench: EvaluationWorkbench
    ) async throws -> [BenchmarkRun] {
        let tuning = DialogueTuning()
        var runs: [BenchmarkRun] = []
        for system in BenchmarkSystem.allCases where system.needsLanguageModel {
            var settings = CompSkillBenchmark.Settings(system)
            settings.live = try await LiveDialogues(
                system,
                over: compskill.library,
                asking: model,
                isReplayed: isReplayed,
                tuning: tuning,
                on: workbench
            )
            settings.dialogueSettings = tuning.settings(of: system)
            settings.dialogueSettings["model"] = .string(model.name)
            settings.label = model.name
            runs.append(compskill.run(settings, on: workbench))
        }
        return runs
    }

    /// What was odd about any of the files.
    package var reports: [DataReport] {
        [compskill.library.report, compskill.queries.report]
            + tasks.flatMap { [$0.tools.report, $0.tasks.report] } + retrieval.map(\.report)
    }

    private func compskillRuns(_ workbench: EvaluationWorkbench) -> [BenchmarkRun] {
        let leaking = [BenchmarkSystem.local, .oracle].map { system in
            var settings = CompSkillBenchmark.Settings(system)
            settings.hasCategoryInText = true
            return settings
        }
        return (BenchmarkSystem.offline.map { CompSkillBenchmark.Settings($0) } + leaking)
            .map { compskill.run($0, on: workbench) }
    }

    private func taskRuns(_ set: TaskBenchmark, _ workbench: EvaluationWorkbench) -> [BenchmarkRun] {
        let systems = BenchmarkSystem.offline.filter { $0 != .oracle }
        let settings =
            systems.map { TaskBenchmark.Settings($0) }
            + [TaskBenchmark.Settings(.oracle, given: .steps), TaskBenchmark.Settings(.oracle, given: .tools)]
        return settings.filter { !set.usable(given: $0.given).isEmpty }.map { set.run($0, on: workbench) }
    }
}
