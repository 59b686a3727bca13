import CommandLineInterface
import SkillEvaluation

/// `skillweaver bench retrieval`
struct BenchRetrievalCommand: CommandDefinition {
    let name = "retrieval"
    let summary = "Measure retrieval alone, part by part."
    let discussion = """
        Parts: tfidf (a plain baseline over weighted words), dense (sentence vectors), lexical (words of names and \
        descriptions), hybrid (both fused: the first stage), late (all default stages), cross (also the --cross-encoder, where one is given). Rankings are looked at down to \
        place \(RetrievalBenchmark.depth). With --data every set of a folder is measured: texts with gold skills, gold \
        steps with gold tools, requests that one tool does, and the gold phrases of CompSkillBench. With --out the \
        records of each part get its name before the extension.
        """
    let examples = [
        CommandExample("Every set", "skillweaver bench retrieval --data ../shared/data"),
        CommandExample("One set", "skillweaver bench retrieval --library library.jsonl --queries crosslist.jsonl"),
        CommandExample(
            "How long each stage takes",
            "skillweaver bench retrieval --library library.jsonl --queries crosslist.jsonl --latency"
        ),
    ]

    let data = Option<String?>("data", value: "DIR", as: .folder, "Folder with the sets, as for 'bench all'.")
    let library = Option<String?>("library", value: "FILE", as: .file, "Library with labels, JSONL.")
    let queries = Option<String?>("queries", value: "FILE", as: .file, "Texts with gold skills, JSONL.")
    let latency = Flag("latency", "Time the stages, text by text, instead of judging what they find.")

    var parameters: [any ParameterDeclaration] {
        [
            data, library, queries, latency, GlobalOptions.crossEncoder, EncoderOptions.group, BenchOptions.out,
            BenchOptions.restart,
        ]
    }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let workbench = try await context.workbench(values)
        if values[latency], values[data] != nil {
            throw CommandError.usage("--latency times one set; give --library and --queries")
        }
        let runs: [BenchmarkRun]
        if let folder = values[data] {
            let suite = try BenchmarkSuite(folder: folder)
            context.show(suite.reports)
            runs = suite.retrievalRuns(on: workbench)
        } else {
            guard let library = values[library], let queries = values[queries] else {
                throw CommandError(
                    "missing-data",
                    "there is nothing to measure on; name a folder with --data, or a set with --library and --queries"
                )
            }
            let file = try LibraryFile(library)
            let benchmark = try RetrievalBenchmark(library: file, queries: queries)
            context.show([file.report, benchmark.report])
            if values[latency] {
                try context.console.write(try await benchmark.latencies(on: workbench).table.aligned)
                return .done
            }
            runs = workbench.retrievalSystems.map { benchmark.run($0, on: workbench) }
        }
        let isSingle = values[data] == nil
        let results = try await BenchOutput(context: context, workbench: workbench).execute(
            runs,
            label: "Benchmark",
            restarting: values[BenchOptions.restart]
        ) { run in
            values[BenchOptions.out].map {
                Self.file($0, part: isSingle ? run.identity.system.rawValue : run.fileName)
            }
        }
        if let out = values[BenchOptions.out] { try results.write(to: BenchOutput.resultsFile(for: out)) }
        if context.wantsJSON {
            try context.console.writeJSON(results.json)
        } else if isSingle {
            for summary in results.runs {
                try context.console.writeLine(context.console.style(summary.identity.system.title, .bold))
                try context.console.write(summary.overview.aligned)
            }
        } else {
            try context.console.write(results.retrievalOverview.aligned)
        }
        return .done
    }

    /// `x.dense.jsonl` for `x.jsonl`.
    private static func file(_ out: String, part: String) -> String {
        let stem = out.hasSuffix(".jsonl") ? String(out.dropLast(".jsonl".count)) : out
        return "\(stem).\(part)\(part.hasSuffix(".jsonl") ? "" : ".jsonl")"
    }
}
