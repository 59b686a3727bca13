import CommandLineInterface
import JSONSchema
import LanguageModels
import SkillEvaluation

/// `skillweaver bench replies FILE…`
struct BenchRepliesCommand: CommandDefinition {
    let name = "replies"
    let summary = "Take a model's replies: write the prompts of the next round, or the figures when all is answered."
    let discussion = """
        Give the replies of every round so far, and the same options as to 'bench prompts'. Exits with 4 when prompts of \
        a further round wait in the file of --next.
        """
    let examples = [
        CommandExample(
            "The second round of skill-aware decomposition",
            """
            skillweaver bench replies answers0.jsonl answers1.jsonl --decomposer sad --library library.jsonl \
            --queries queries.jsonl --next round2.jsonl
            """
        )
    ]

    let files = Argument<[String]>("FILE", as: .file, "Replies, JSONL.")
    let next = Option<String?>("next", value: "FILE", as: .file, "File for the prompts of the next round, JSONL.")

    var parameters: [any ParameterDeclaration] {
        [files] + DialogueOptions.all + [next, BenchOptions.compose, BenchOptions.out, BenchOptions.restart]
    }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let setup = try await DialogueSetup(values, in: context)
        let replies = try ReplyFiles(values[files], known: Set(setup.benchmark.queries.records.map(\.id)))
        for warning in replies.warnings.prefix(20) { context.console.warn(warning) }
        if replies.warnings.count > 20 { context.console.note("… and \(replies.warnings.count - 20) more") }
        let total = setup.benchmark.queries.records.count
        let state = try await context.console.withProgress("Dialogues", total: total) { progress in
            try await setup.batch.play(replies.batch) { progress.advance(to: $0) }
        }
        let unused = replies.batch.count - state.usedReplies
        if unused > 0 { context.console.warn("\(unused) replies answer no prompt that was asked; they are not used") }
        if state.waiting.isEmpty { return try await score(state, replies, setup, values, context) }
        guard let file = values[next] else {
            throw CommandError.usage("\(state.waiting.count) dialogues need another reply; name a file with --next")
        }
        try setup.write(state.waiting, to: file)
        if context.wantsJSON {
            try context.console.writeJSON([
                "prompts": JSONValue(state.waiting.count), "file": .string(file),
                "finished": JSONValue(state.finished.count), "left_out": JSONValue(replies.warnings.count + unused),
            ])
        } else {
            try context.console.writeLine(
                "\(state.finished.count) of \(total) dialogues are finished; \(state.waiting.count) prompts wait in \(file)"
            )
        }
        return .waiting
    }

    private func score(
        _ state: DialogueBatch.State,
        _ replies: ReplyFiles,
        _ setup: DialogueSetup,
        _ values: ParsedValues,
        _ context: CommandContext
    ) async throws -> ExitCode {
        var settings = CompSkillBenchmark.Settings(setup.system)
        settings.outcomes = state.finished
        settings.dialogueSettings = setup.batch.settings
        settings.dialogueSettings["replies"] = .string("\(replies.fingerprint)")
        settings.label = replies.model ?? ""
        settings.isComposed = values[BenchOptions.compose]
        return try await BenchOutput(context: context, workbench: setup.workbench)
            .run(setup.benchmark.run(settings, on: setup.workbench), values, reports: setup.reports)
    }
}
