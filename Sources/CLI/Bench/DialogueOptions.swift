import CommandLineInterface
import LanguageModels
import SkillEvaluation
import SkillWeaver
import Storage

/// Options of decomposers that ask a language model.
enum DialogueOptions {
    static let decomposer = Option<DialogueSystem>(
        "decomposer",
        value: "NAME",
        "Whose prompts: one that asks a model."
    )
    static let rounds = Option<Int>(
        "rounds",
        value: "N",
        as: .integer(in: 1...8),
        default: 1,
        "How often sad decomposes anew with hints."
    )
    static let hints = Option<Int>(
        "hints",
        value: "N",
        as: .integer(in: 1...100),
        default: 15,
        "Skills that sad hints at."
    )
    static let hintDescriptions = Flag(
        "hint-descriptions",
        isNegatable: true,
        "Describe the hinted skills instead of only naming them."
    )
    static let tokenizer = Option<String?>(
        "tokenizer",
        value: "FILE",
        as: .file,
        "Vocabulary that tokens are counted with (qwen.tiktoken). Default: the installed one; without it they are estimated."
    )

    /// What a dialogue depends on; the same for writing prompts and for taking replies.
    static let all: [any ParameterDeclaration] = [
        BenchOptions.library, BenchOptions.queries, decomposer, rounds, hints, hintDescriptions, BenchOptions.encoder,
        tokenizer,
    ]
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
        let sadOnly: [any CommandParameter] = [
            DialogueOptions.rounds, DialogueOptions.hints, DialogueOptions.hintDescriptions,
        ]
        for option in sadOnly where values.wasGiven(option) && system != .sad {
            throw CommandError.usage(
                "\(option.specification.label) belongs to the decomposer sad, not to \(system.rawValue)"
            )
        }
        workbench = try context.workbench(values)
        batch = try await DialogueBatch(
            system,
            of: benchmark,
            options: SkillAwareOptions(
                iterations: values[DialogueOptions.rounds],
                hints: values[DialogueOptions.hints],
                describesHints: values[DialogueOptions.hintDescriptions]
            ),
            counter: try Self.counter(values, workbench.options.installation),
            on: workbench
        )
    }

    /// The real tokenizer where its vocabulary is installed, else an estimate that is labelled as one.
    private static func counter(_ values: ParsedValues, _ installation: Installation) throws -> any TokenCounter {
        if let file = values[DialogueOptions.tokenizer] { return try BytePairTokenizer(vocabularyFile: file) }
        let installed = installation.searched.flatMap { root in
            ["\(root)/.deps/tokenizer/qwen.tiktoken", "\(root)/share/skillweaver/tokenizer/qwen.tiktoken"]
        }
        guard let file = installed.first(where: FileSystem.exists) else { return LengthEstimate() }
        return try BytePairTokenizer(vocabularyFile: file)
    }

    /// Writes prompts, one a line.
    func write(_ prompts: [PromptRecord], to file: String) throws(DataFault) {
        try DataFile.replace(file, with: prompts.map { $0.line + "\n" }.joined())
    }
}
