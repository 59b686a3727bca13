import CommandLineInterface
import SkillEvaluation
import Storage

/// Executes runs and shows their figures, on the console and in files.
struct BenchOutput {
    let context: CommandContext
    let workbench: EvaluationWorkbench

    /// Where the figures of a record file are kept: `x.results.json` for `x.jsonl`.
    static func resultsFile(for records: String) -> String {
        let stem = records.hasSuffix(".jsonl") ? String(records.dropLast(".jsonl".count)) : records
        return stem + ".results.json"
    }

    /// Runs one system on one set, or several with a record file each.
    ///
    /// - Parameter recordFile: where the records of a run go; nil for nowhere.
    func execute(
        _ runs: [BenchmarkRun],
        label: String,
        restarting: Bool,
        recordFile: (BenchmarkRun) -> String?
    ) async throws -> BenchmarkResults {
        let total = runs.reduce(0) { $0 + $1.requestCount }
        let environment = MachineDescription.environment(version: context.program.version, workbench: workbench)
        var results = BenchmarkResults(environment: environment)
        let clock = ContinuousClock()
        try await context.console.withProgress(label, total: total) { progress in
            var before = 0
            for run in runs {
                let file = recordFile(run)
                if restarting, let file { FileSystem.remove(file) }
                let start = clock.now
                let base = before
                results.add(try await run.execute(recordFile: file) { progress.advance(to: base + $0) })
                before += run.requestCount
                let seconds = Int(((clock.now - start) / .milliseconds(100)).rounded())
                context.console.detail(
                    "\(run.fileName): \(run.requestCount) requests, \(seconds / 10).\(seconds % 10) s"
                )
            }
        }
        return results
    }

    /// One run, shown on the console and, with a record file, kept beside it.
    func run(_ run: BenchmarkRun, _ values: ParsedValues, reports: [DataReport]) async throws -> ExitCode {
        context.show(reports)
        let out = values[BenchOptions.out]
        let results = try await execute([run], label: "Benchmark", restarting: values[BenchOptions.restart]) { _ in out
        }
        if let out { try results.write(to: Self.resultsFile(for: out)) }
        if context.wantsJSON {
            try context.console.writeJSON(results.json)
        } else {
            for summary in results.runs { try context.console.write(summary.overview.aligned) }
        }
        return .done
    }
}

extension MarkdownTable {
    /// The table with its columns in line, for a terminal: words to the left, figures to the right.
    var aligned: String {
        let lines = [header] + rows
        let widths = header.indices.map { column in lines.map { $0[column].displayWidth }.max() ?? 0 }
        return lines.map { line in
            var text = zip(line.indices, zip(line, widths)).map { column, cell in
                let (content, width) = (cell.0.printable, cell.1)
                let gap = String(repeating: " ", count: max(0, width - content.displayWidth))
                return column < textColumns ? content + gap : gap + content
            }.joined(separator: "  ")
            while text.last == " " { text.removeLast() }
            return text + "\n"
        }.joined()
    }
}
