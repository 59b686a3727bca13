import CommandLineInterface
import LanguageModels
import SkillEvaluation
import SkillRouting
import SkillWeaver

/// Options of decomposers that ask a language model.
enum DialogueOptions {
    static let decomposer = Option<DialogueSystem>(
        "decomposer",
        value: "NAME",
        "Whose prompts: one that asks a model."
    )
    static let tokenizer = Option<String?>(
        "tokenizer",
        value: "FILE",
        as: .file,
        "Vocabulary that tokens are counted with (qwen.tiktoken). Default: the installed one; without it they are estimated."
    )

    /// What a dialogue depends on; the same for writing prompts and for taking replies.
    static let all: [any ParameterDeclaration] =
        [
            BenchOptions.library, BenchOptions.queries, decomposer, BenchOptions.encoder, tokenizer,
        ] + DecomposerOptions.tuning
}

/// A benchmark and the dialogues about its requests, as the command line asks for them.
struct DialogueSetup {
    let benchmark: CompSkillBenchmark
    let system: BenchmarkSystem
    let workbench: EvaluationWorkbench
    let batch: DialogueBatch
    let reports: [DataReport]

    init(_ values: ParsedValues, in context: CommandContext) async throws {
        let library = try LibraryFile(values[BenchOptions.library])
        benchmark = try CompSkillBenchmark(library: library, queries: values[BenchOptions.queries])
        reports = [library.report, benchmark.queries.report]
        system = values[DialogueOptions.decomposer].system
        try DecomposerOptions.check(values, of: system.rawValue)
        workbench = try await context.workbench(values)
        batch = try await DialogueBatch(
            system,
            of: benchmark,
            tuning: DecomposerOptions.dialogues(values),
            counter: try workbench.options.installation.tokenCounter(vocabulary: values[DialogueOptions.tokenizer]),
            on: workbench
        )
    }

    /// Writes prompts, one a line.
    func write(_ prompts: [PromptRecord], to file: String) throws(DataFault) {
        try DataFile.replace(file, with: prompts.map { $0.line + "\n" }.joined())
    }
}
