import CommandLineInterface
import JSONSchema
import SkillEvaluation
import SkillWeaver
import Storage

/// `skillweaver bench all`
struct BenchAllCommand: CommandDefinition {
    let name = "all"
    let summary = "Run every benchmark of a data folder."
    let discussion = """
        The folder holds library/, compskillbench/, tasks/ and retrieval/. Into the other folder go results.json, \
        report.md, plots (where matplotlib is installed, see 'Scripts/setup bench') and a record of each request. \
        Interrupted, it goes on where it stopped when it is started again. With --model or --replay CompSkillBench is also \
        run with every decomposer that asks a language model; without, nothing asks one.
        """
    let examples = [
        CommandExample("Everything", "skillweaver bench all --data ../shared/data --out .build/bench")
    ]

    let data = Option<String>("data", value: "DIR", as: .folder, "Folder with the sets.")
    let out = Option<String>("out", short: "o", value: "DIR", as: .folder, "Folder for the results; made when missing.")

    var parameters: [any ParameterDeclaration] {
        [data, out, BenchOptions.encoder, BenchOptions.restart, ModelOptions.group]
    }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let suite = try BenchmarkSuite(folder: values[data])
        context.show(suite.reports)
        let folder = FileSystem.absolute(values[out])
        try FileSystem.createFolder("\(folder)/records")
        let workbench = try await context.workbench(values)
        var runs = suite.runs(on: workbench)
        if [ModelOptions.model, ModelOptions.replay, ModelOptions.record].contains(where: values.wasGiven),
            let model = try context.chatModel(values)
        {
            runs += try await suite.runs(
                asking: model,
                isReplayed: values[ModelOptions.replay] != nil,
                on: workbench
            )
        }
        let clock = ContinuousClock()
        let start = clock.now
        let results = try await BenchOutput(context: context, workbench: workbench).execute(
            runs,
            label: "Benchmark",
            restarting: values[BenchOptions.restart]
        ) { "\(folder)/records/\($0.fileName)" }
        let seconds = Int(((clock.now - start) / .seconds(1)).rounded())
        try results.write(to: "\(folder)/results.json")
        let report = BenchmarkReport(results).document(title: "SkillWeaver benchmark")
        try DataFile.replace("\(folder)/report.md", with: report)
        let plots = try await BenchmarkPlots(workbench.options.installation).draw(
            "\(folder)/results.json",
            into: "\(folder)/plots"
        )
        if context.wantsJSON {
            try context.console.writeJSON([
                "results": .string("\(values[out])/results.json"), "report": .string("\(values[out])/report.md"),
                "plots": plots.folder == nil ? .null : .string("\(values[out])/plots"),
                "runs": JSONValue(results.runs.count), "seconds": JSONValue(seconds),
                "figures": results.json,
            ])
            return .done
        }
        for summary in results.runs { try show(summary, context.console) }
        if let absence = plots.absence { context.console.note("no plots: \(absence)") }
        try context.console.writeLine("\(results.runs.count) runs in \(seconds) s; see \(values[out])/report.md")
        return .done
    }

    /// One line a run: what it is, and its foremost figures.
    private func show(_ summary: ResultSummary, _ console: Console) throws {
        let identity = summary.identity
        let what = [identity.benchmark.rawValue, identity.dataSet, identity.system.rawValue, identity.variant]
            .filter { !$0.isEmpty }.joined(separator: " ")
        let foremost: [Metric] = [.decompositionAccuracy, .categoryRecallAt1, .toolF1, .edgeF1, .recallAt1]
        let figures = foremost.compactMap { metric in
            summary[.all]?.metrics[metric].map { "\(metric.title) \(thousandths($0.mean))" }
        }
        try console.writeLine("\(what.padded(toColumns: 52))  \(figures.joined(separator: "  "))")
    }

    private func thousandths(_ value: Double) -> String {
        let digits = "\(Int((value * 1_000).rounded()) + 1_000)"
        return value >= 1 ? "\(Int(value)).\(digits.suffix(3))" : "0.\(digits.suffix(3))"
    }
}
