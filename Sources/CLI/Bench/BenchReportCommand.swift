import CommandLineInterface
import JSONSchema
import SkillEvaluation

/// `skillweaver bench report`
struct BenchReportCommand: CommandDefinition {
    let name = "report"
    let summary = "Rebuild the tables of a Markdown file from a results file."
    let discussion = "Only what stands between <!-- bench:NAME --> and <!-- /bench --> is written."
    let examples = [CommandExample("Do the tables agree with the results?", "skillweaver bench report --check")]

    let results = Option<String>(
        "results",
        value: "FILE",
        as: .file,
        default: "Benchmarks/results/results.json",
        "Where the figures come from."
    )
    let document = Option<String>(
        "document",
        value: "FILE",
        as: .file,
        default: "Benchmarks/README.md",
        "The Markdown file with the tables."
    )
    let check = Flag("check", "Change nothing; exit with 1 when a table differs.")

    var parameters: [any ParameterDeclaration] { [results, document, check] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let report = BenchmarkReport(try BenchmarkResults(file: values[results]))
        let file = values[document]
        let markdown = try DataFile.readText(file)
        let stale = try report.staleBlocks(in: markdown, file: file)
        if !values[check], !stale.isEmpty {
            try DataFile.replace(file, with: try report.updating(markdown, file: file))
        }
        if context.wantsJSON {
            try context.console.writeJSON([
                "document": .string(file), "changed": .bool(!values[check] && !stale.isEmpty),
                "stale": .array(stale.map { ["block": .string($0.name), "line": JSONValue($0.line)] }),
            ])
        } else if stale.isEmpty {
            try context.console.writeLine("\(file) agrees with \(values[results])")
        } else if values[check] {
            for block in stale { try context.console.writeLine("\(file): \(block)") }
        } else {
            try context.console.writeLine("\(file): rebuilt \(stale.map(\.name).joined(separator: ", "))")
        }
        return values[check] && !stale.isEmpty ? .failed : .done
    }
}
