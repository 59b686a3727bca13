import CommandLineInterface
import JSONSchema
import LanguageModels
import SkillEvaluation

/// `skillweaver bench prompts`
struct BenchPromptsCommand: CommandDefinition {
    let name = "prompts"
    let summary = "Write the first prompts that a decomposer with a language model would send."
    let discussion = """
        One line a request: {"id","round","messages","parameters"}. Any model may answer them offline; a reply is a line \
        {"id","round","text"}, optionally with "finish_reason", "model" and "usage". Hand the replies to 'bench replies', \
        which writes the prompts of the next round or, when all is answered, the figures.
        """
    let examples = [
        CommandExample(
            "Prompts of skill-aware decomposition",
            "skillweaver bench prompts --decomposer sad --library library.jsonl --queries queries.jsonl --out round0.jsonl"
        )
    ]

    let out = Option<String>("out", short: "o", value: "FILE", as: .file, "File for the prompts, JSONL.")

    var parameters: [any ParameterDeclaration] { DialogueOptions.all + [out] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let setup = try await DialogueSetup(values, in: context)
        context.show(setup.reports)
        let prompts = try await setup.batch.play(ReplyBatch()).waiting
        try setup.write(prompts, to: values[out])
        let tokens = setup.batch.meanTokens(of: prompts)
        if context.wantsJSON {
            try context.console.writeJSON([
                "prompts": JSONValue(prompts.count), "file": .string(values[out]), "round": 0,
                "mean_prompt_tokens": .number((tokens * 10).rounded() / 10),
                "token_source": .string(setup.batch.tokenSource.rawValue),
            ])
        } else {
            try context.console.writeLine(
                "\(prompts.count) prompts in \(values[out]), \(Int(tokens.rounded())) tokens each on average "
                    + "(\(setup.batch.tokenSource.rawValue))"
            )
        }
        return .done
    }
}
