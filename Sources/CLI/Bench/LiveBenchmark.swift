import CommandLineInterface
import JSONSchema
import LanguageModels
import SkillEvaluation

extension DecomposerOptions {
    /// The systems with a language model, tuned as the command line says.
    static func dialogues(_ values: ParsedValues) -> DialogueTuning {
        DialogueTuning(
            skillAware: skillAware(values),
            revision: revision(values),
            temperature: values[temperature]
        )
    }
}

/// A benchmark of a system whose language model answers now.
struct LiveBenchmark {
    let dialogues: LiveDialogues
    /// What decides the outcomes, for the configuration of a run.
    let settings: JSONObject
    /// What sets the run apart from those with other models.
    let label: String

    /// - Parameter file: the library that the requests are about.
    init(
        _ system: BenchmarkSystem,
        over file: LibraryFile,
        asking model: any ChatModel,
        _ values: ParsedValues,
        tuning: DialogueTuning,
        on workbench: EvaluationWorkbench
    ) async throws {
        dialogues = try await LiveDialogues(
            system,
            over: file,
            asking: model,
            isReplayed: values[ModelOptions.replay] != nil,
            tuning: tuning,
            on: workbench
        )
        var settings = tuning.settings(of: system)
        settings["model"] = .string(model.name)
        self.settings = settings
        label = model.name
    }

    /// The benchmark as the command line asks for it; nil for a system without a language model.
    ///
    /// - Parameter name: what the command line calls the system.
    init?(
        _ system: BenchmarkSystem,
        named name: String,
        over file: LibraryFile,
        _ values: ParsedValues,
        in context: CommandContext,
        on workbench: EvaluationWorkbench
    ) async throws {
        try DecomposerOptions.check(values, of: name)
        let model: (any ChatModel)?
        do {
            model = try context.chatModel(
                values,
                isAsked: system.needsLanguageModel,
                toUseOne: "--decomposer sad+"
            )
        } catch ChatEndpointError.noModel {
            throw CommandError.usage(
                "--decomposer \(name) needs a language model, and none is named",
                hint: "use --model NAME, or write its prompts with 'skillweaver bench prompts' and score the replies"
            )
        }
        guard let model else { return nil }
        try await self.init(
            system,
            over: file,
            asking: model,
            values,
            tuning: DecomposerOptions.dialogues(values),
            on: workbench
        )
    }
}
