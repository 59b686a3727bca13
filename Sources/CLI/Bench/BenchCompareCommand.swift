import CommandLineInterface
import JSONSchema
import SkillEvaluation
import Storage

/// `skillweaver bench compare A B`
struct BenchCompareCommand: CommandDefinition {
    let name = "compare"
    let summary = "Say whether two runs on the same requests differ."
    let discussion = """
        Compares the record files of two runs request by request: mean difference with its bootstrap interval, and the \
        paired Wilcoxon signed-rank test.
        """
    let examples = [CommandExample("Is B better than A?", "skillweaver bench compare a.jsonl b.jsonl")]

    let runA = Argument<String>("A", as: .file, "Records of a run, from --out.")
    let runB = Argument<String>("B", as: .file, "Records of the run to compare it with.")

    var parameters: [any ParameterDeclaration] { [runA, runB] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let fileA = try RecordFile(file: values[runA])
        let fileB = try RecordFile(file: values[runB])
        for member in ["benchmark", "data_set", "queries", "library"]
        where fileA.configuration.members[member] != fileB.configuration.members[member] {
            context.console.warn("the runs differ in their \(member.split(separator: "_").joined(separator: " "))")
        }
        let comparison = RunComparison(fileA.records, fileB.records)
        guard comparison.pairCount > 0, !comparison.rows.isEmpty else {
            throw CommandError(
                "nothing-to-compare",
                "\(values[runA]) and \(values[runB]) have no request with a metric in common"
            )
        }
        if context.wantsJSON {
            try context.console.writeJSON(comparison.json)
            return .done
        }
        let alone = comparison.onlyInA.count + comparison.onlyInB.count
        if alone > 0 { context.console.warn("\(alone) requests are in one of the runs only; they take no part") }
        let names = [values[runA], values[runB]].map { FileSystem.name(of: $0) }
        try context.console.write(comparison.overview("A", "B").aligned)
        try context.console.writeLine("\(comparison.pairCount) requests; A is \(names[0]), B is \(names[1])")
        return .done
    }
}
