import CommandLineInterface
import SkillHarness
import SkillWeaver

/// `skillweaver agent TASK`
struct AgentCommand: CommandDefinition {
    let name = "agent"
    let summary = "Have a language model carry out a task with the skills it needs, loaded on demand."
    let discussion = """
        The task is routed first and the skills it needs are loaded; the model loads more from the menu. Calls that may \
        destroy something are asked about at the terminal, and refused where nobody sits there. Exits with 1 when a limit \
        stopped the work.
        """
    let examples = [
        CommandExample(
            "With a local model",
            #"skillweaver agent --base-url http://127.0.0.1:11434/v1 --model qwen2.5:7b "What changed in this repository?""#
        )
    ]

    let task = Argument<String>("TASK", as: .nonBlank, "What is to be done.")

    var parameters: [any ParameterDeclaration] {
        [task, GlobalOptions.library, GlobalOptions.store, AgentGroup.group, ModelOptions.group]
    }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let setup = try await AgentSetup(values, input: InputLines(), in: context)
        let reporter = try AgentReporter(
            console: context.console,
            isJSON: context.wantsJSON,
            transcript: values[AgentGroup.transcript]
        )
        var conversation = Conversation()
        do {
            let result = try await setup.loop.run(values[task], in: &conversation, menu: setup.menu) { event in
                await reporter.report(event)
            }
            await setup.session.close()
            return result.reason == .answered ? .done : .failed
        } catch {
            await setup.session.close()
            throw error
        }
    }
}
