import CommandLineInterface
import SkillEvaluation

/// `skillweaver bench compskill`
struct BenchCompSkillCommand: CommandDefinition {
    let name = "compskill"
    let summary = "Measure compositional routing on CompSkillBench."
    let discussion = """
        Decomposers: local; plain-split (at commas, "and" and "then"); whole (no decomposition); majority (the most \
        frequent step count, nothing else); tfidf (local steps, retrieval by words); oracle (the gold steps). With a \
        language model, which --model names, or whose replies are replayed: vanilla, sad, sad+, react, llm-direct, and \
        oracle-k (told how many steps there are). One that can only be asked offline: see 'bench prompts'.
        """
    let examples = [
        CommandExample(
            "The local decomposer",
            "skillweaver bench compskill --library library.jsonl --queries queries.jsonl --out local.jsonl"
        ),
        CommandExample(
            "Skill-aware decomposition with a model, its calls kept",
            """
            skillweaver bench compskill --library library.jsonl --queries queries.jsonl --decomposer sad \
            --model qwen2.5:7b --base-url http://localhost:11434 --record calls
            """
        ),
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
            BenchOptions.library, BenchOptions.queries, decomposer, BenchOptions.encoder, rerank, categoryInText,
            BenchOptions.compose, BenchOptions.out, BenchOptions.restart,
        ] + DecomposerOptions.tuning + [ModelOptions.group]
    }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        if values[rerank] { throw CommandError.usage("--rerank: this version has no reranker") }
        let library = try LibraryFile(values[BenchOptions.library])
        let benchmark = try CompSkillBenchmark(library: library, queries: values[BenchOptions.queries])
        let workbench = try await context.workbench(values)
        let system = values[decomposer].system
        let name = values[decomposer].rawValue
        var settings = CompSkillBenchmark.Settings(system)
        if let live = try await LiveBenchmark(system, named: name, over: library, values, in: context, on: workbench) {
            settings.live = live.dialogues
            settings.dialogueSettings = live.settings
            settings.label = live.label
        }
        settings.hasCategoryInText = values[categoryInText]
        settings.isComposed = values[BenchOptions.compose]
        return try await BenchOutput(context: context, workbench: workbench).run(
            benchmark.run(settings, on: workbench),
            values,
            reports: [library.report, benchmark.queries.report]
        )
    }
}
