import CommandLineInterface
import JSONSchema
import SkillEvaluation
import SkillWeaver

/// `skillweaver bench compatibility`
struct BenchCompatibilityCommand: CommandDefinition {
    let name = "compatibility"
    let summary = "Measure whether the compatibility of tools tells real data edges from random pairs."
    let discussion = """
        Needs a set with data edges and typed tools. The figure is an area under the ROC curve: 0.5 is chance; the method \
        this program builds on was published with .518.
        """
    let examples = [
        CommandExample(
            "Does the typing of tools say which can follow which?",
            "skillweaver bench compatibility --queries nestful.queries.jsonl --tools nestful.tools.jsonl"
        )
    ]

    let tools = Option<String>("tools", value: "FILE", as: .file, "The set's tools, JSONL.")

    var parameters: [any ParameterDeclaration] { [BenchOptions.queries, tools] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let benchmark = try await CompatibilityBenchmark(
            tools: try LibraryFile(values[tools]),
            queries: values[BenchOptions.queries]
        )
        let figures = TaskPart.allCases.compactMap { part in benchmark.figures(of: part).map { (part, $0) } }
        guard !figures.isEmpty else {
            throw CommandError("nothing-to-judge", "no task of \(values[BenchOptions.queries]) has a data edge")
        }
        if context.wantsJSON {
            try context.console.writeJSON(
                .object(
                    JSONObject(
                        figures.map { part, figures in
                            let members: JSONValue = [
                                "edges": JSONValue(figures.edges), "random_pairs": JSONValue(figures.randomPairs),
                                "auc": .number(figures.areaUnderCurve),
                            ]
                            return (part.rawValue, members)
                        }
                    )
                )
            )
        } else {
            for (part, figures) in figures {
                let area = (figures.areaUnderCurve * 1_000).rounded() / 1_000
                try context.console.writeLine(
                    "\(part.rawValue): AUC \(area) of \(figures.edges) edges against \(figures.randomPairs) random pairs"
                )
            }
        }
        return .done
    }
}
