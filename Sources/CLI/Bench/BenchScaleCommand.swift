import CommandLineInterface
import SkillCatalog
import SkillEvaluation
import SkillRetrieval
import SkillRouting
import SkillWeaver

/// `skillweaver bench scale`
struct BenchScaleCommand: CommandDefinition {
    let name = "scale"
    let summary = "Measure search and update of a very large library."
    let discussion = """
        A library of the wanted size is generated from the texts of a real one: each tool is two real tools crossed, in \
        its words and in its vector. It is made once and kept under the name given; run the command again for figures of \
        memory, which a process that made the library cannot give.
        """
    let examples = [
        CommandExample(
            "A million tools",
            "skillweaver bench scale --library library.jsonl --queries crosslist.jsonl --name million"
        )
    ]

    let tools = Option<Int>(
        "tools",
        value: "N",
        as: .integer(in: 1_000...10_000_000),
        default: 1_000_000,
        "Tools to generate."
    )
    let generated = Option<String>(
        "name",
        value: "NAME",
        default: "generated-tools",
        "Library to generate, or to use again."
    )

    var parameters: [any ParameterDeclaration] {
        [BenchOptions.library, BenchOptions.queries, tools, generated, IndexOptions.kind, IndexOptions.precision]
    }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let library = try LibraryFile(values[BenchOptions.library])
        let benchmark = try RetrievalBenchmark(library: library, queries: values[BenchOptions.queries])
        let options = try context.routerOptions(values)
        var seeds: [GeneratedLibrary.Seed] = []
        try await JSONLinesFile(path: library.path).read { record in
            guard case .skill(let skill) = record, !skill.description.isEmpty else { return }
            seeds.append(.init(name: skill.name, description: skill.description))
        }
        let measurement = ScaleBenchmark(
            at: try options.home.library(named: values[generated]),
            toolCount: values[tools],
            seeds: seeds,
            queries: benchmark.texts,
            encoder: try await RouterResources.embedder(options),
            policy: IndexOptions.policy(values) ?? IndexPolicy()
        )
        let figures = try await context.console.withProgress("Generating \(values[generated])") { progress in
            try await measurement.run { progress.advance(to: $0.skills) }
        }
        if context.wantsJSON {
            try context.console.writeJSON(figures.json)
        } else {
            for (label, value) in figures.lines {
                let padded = label + String(repeating: " ", count: max(1, 16 - label.count))
                try context.console.writeLine(context.console.style(padded, .bold) + value)
            }
        }
        return .done
    }
}
