import CommandLineInterface
import SkillEvaluation

/// `skillweaver bench retrieval`
struct BenchRetrievalCommand: CommandDefinition {
    let name = "retrieval"
    let summary = "Measure retrieval alone, part by part."
    let discussion = """
        Parts: dense (the sentence encoder) and tfidf (weighted words). Rankings are looked at down to place \
        \(RetrievalBenchmark.depth). With --out the records of each part get its name before the extension.
        """
    let examples = [
        CommandExample("Both parts", "skillweaver bench retrieval --library library.jsonl --queries crosslist.jsonl")
    ]

    var parameters: [any ParameterDeclaration] {
        [BenchOptions.library, BenchOptions.queries, BenchOptions.encoder, BenchOptions.out, BenchOptions.restart]
    }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let library = try LibraryFile(values[BenchOptions.library])
        let benchmark = try RetrievalBenchmark(library: library, queries: values[BenchOptions.queries])
        let workbench = try context.workbench(values)
        context.show([library.report, benchmark.queries.report])
        let output = BenchOutput(context: context, workbench: workbench)
        let results = try await output.execute(
            RetrievalBenchmark.systems.map { benchmark.run($0, on: workbench) },
            label: "Benchmark",
            restarting: values[BenchOptions.restart]
        ) { run in values[BenchOptions.out].map { Self.file($0, part: run.identity.system) } }
        if let out = values[BenchOptions.out] { try results.write(to: BenchOutput.resultsFile(for: out)) }
        if context.wantsJSON {
            try context.console.writeJSON(results.json)
        } else {
            for summary in results.runs {
                try context.console.writeLine(context.console.style(summary.identity.system.title, .bold))
                try context.console.write(summary.overview.aligned)
            }
        }
        return .done
    }

    /// `x.dense.jsonl` for `x.jsonl`.
    private static func file(_ out: String, part: BenchmarkSystem) -> String {
        let stem = out.hasSuffix(".jsonl") ? String(out.dropLast(".jsonl".count)) : out
        return "\(stem).\(part.rawValue).jsonl"
    }
}
