import CommandLineInterface
import SkillEvaluation

/// `skillweaver bench compskill`
struct BenchCompSkillCommand: CommandDefinition {
    let name = "compskill"
    let summary = "Measure compositional routing on CompSkillBench."
    let discussion = """
        Decomposers: local; plain-split (at commas, "and" and "then"); whole (no decomposition); majority (the most \
        frequent step count, nothing else); tfidf (local steps, retrieval by words); oracle (the gold steps). oracle-k, \
        vanilla, sad, react and llm-direct need a language model: see 'bench prompts'.
        """
    let examples = [
        CommandExample(
            "The local decomposer",
            "skillweaver bench compskill --library library.jsonl --queries queries.jsonl --out local.jsonl"
        )
    ]

    let decomposer = Option<BenchDecomposer>(
        "decomposer",
        value: "NAME",
        default: .local,
        "What splits the requests into steps."
    )
    let rerank = Flag("rerank", isNegatable: true, "Rerank the candidates of each step.")
    let categoryInText = Flag(
        "category-in-text",
        isNegatable: true,
        "Leak the gold category into the indexed text, as the published code does."
    )

    var parameters: [any ParameterDeclaration] {
        [
            BenchOptions.library, BenchOptions.queries, decomposer, BenchOptions.encoder, rerank,
            DialogueOptions.rounds,
            DialogueOptions.hints, DialogueOptions.hintDescriptions, categoryInText, BenchOptions.compose,
            BenchOptions.out, BenchOptions.restart,
        ]
    }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        try check(values)
        let library = try LibraryFile(values[BenchOptions.library])
        let benchmark = try CompSkillBenchmark(library: library, queries: values[BenchOptions.queries])
        let workbench = try context.workbench(values)
        var settings = CompSkillBenchmark.Settings(values[decomposer].system)
        settings.hasCategoryInText = values[categoryInText]
        settings.isComposed = values[BenchOptions.compose]
        return try await BenchOutput(context: context, workbench: workbench).run(
            benchmark.run(settings, on: workbench),
            values,
            reports: [library.report, benchmark.queries.report]
        )
    }

    /// Switches whose part is not there are refused, rather than ignored.
    private func check(_ values: ParsedValues) throws(CommandError) {
        let chosen = values[decomposer].rawValue
        if values[rerank] { throw CommandError.usage("--rerank: this version has no reranker") }
        if values[decomposer].system.needsLanguageModel {
            throw CommandError.usage(
                "--decomposer \(chosen) needs a language model's replies, and none are at hand",
                hint: "write its prompts with 'skillweaver bench prompts', and score the replies with 'bench replies'"
            )
        }
        let sadOnly: [(String, Bool)] = [
            ("--rounds", values.wasGiven(DialogueOptions.rounds)), ("--hints", values.wasGiven(DialogueOptions.hints)),
            ("--hint-descriptions", values.wasGiven(DialogueOptions.hintDescriptions)),
        ]
        for (option, isGiven) in sadOnly where isGiven {
            throw CommandError.usage("\(option) belongs to the decomposer sad, not to \(chosen)")
        }
    }
}
