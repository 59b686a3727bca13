import CommandLineInterface
import PlanExecution
import SkillWeaver

/// Drives a run to its end or next pause, showing it.
enum RunDriving {
    static func drive(
        _ run: String,
        with driver: RunDriver,
        in context: CommandContext,
        commands: @escaping @Sendable (RunState) throws -> [RunTransition] = { _ in [] }
    ) async throws -> ExitCode {
        var view = RunConsole(context, state: try await driver.store.state(of: run))
        let prompter = context.wantsJSON ? nil : TerminalPrompter(context.console)
        var ask: RunExecutor.Prompter?
        let questions = ShownQuestions()
        // What was asked before is asked again without a new event.
        for open in view.shown.openQuestions { questions.note(open.task) }
        if let prompter {
            ask = { open in
                await questions.wait(for: open.task)
                return await prompter.ask(open)
            }
        }
        for try await event in driver.events(of: run, prompter: ask, commands: commands) {
            try view.show(event)
            // The question is written below the picture.
            if case .asked(let task, _) = event.entry.transition, prompter != nil {
                view.release()
                questions.note(task)
            }
        }
        // Somebody else may have ended it before this process looked.
        return try RunEnding.report(view.shown, in: context)
    }
}
