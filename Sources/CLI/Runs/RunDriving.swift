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
        if let prompter { ask = { open in await prompter.ask(open) } }
        for try await event in driver.events(of: run, prompter: ask, commands: commands) {
            try view.show(event)
            // The question is written below the picture.
            if case .asked = event.entry.transition, prompter != nil { view.release() }
        }
        // Somebody else may have ended it before this process looked.
        return try RunEnding.report(view.shown, in: context)
    }
}
