import CommandLineInterface
import JSONSchema
import PlanExecution
import SkillRouting
import SkillWeaver
import Storage

/// The commands below `skillweaver runs`.
enum RunsCommands {
    static let group = CommandGroup(
        "runs",
        "Look at runs, cancel them, forget them.",
        [RunsListCommand(), RunsShowCommand(), RunsCancelCommand(), RunsPruneCommand()]
    )

    static let run = Argument<String>("RUN", as: .nonBlank, "The run, as 'skillweaver runs list' shows it.")
}

extension RunPhase: CommandLineValue {}

extension CommandContext {
    /// The journal of runs.
    func runStore(_ values: ParsedValues) throws -> any RunStore {
        let options = try routerOptions(values)
        return try RunResources(home: options.home, invokers: options.invokers, store: values.store).driver().store
    }
}

/// `skillweaver runs list`
struct RunsListCommand: CommandDefinition {
    let name = "list"
    let summary = "List runs, newest first."

    let phase = Option<[RunPhase]>("phase", value: "PHASE", "Only runs in this phase. Repeatable.")
    let limit = Option<Int>("limit", value: "N", as: .integer(in: 1...10_000), default: 20, "At most so many.")
    let after = Option<String?>("after", value: "RUN", as: .text, "Goes on behind this run: the next page.")

    var parameters: [any ParameterDeclaration] { [phase, limit, after, RunStoreChoice.store] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let phases = values[phase].isEmpty ? nil : Set(values[phase])
        let store = try context.runStore(values)
        let runs = try await store.list(RunQuery(phases: phases, limit: values[limit], after: values[after]))
        for run in runs {
            if context.wantsJSON {
                try context.console.writeJSON(run.json)
            } else {
                let time = run.createdAt.description.prefix(19).replacing("T", with: " ")
                let phase = run.phase.rawValue.padded(toColumns: 11)
                try context.console.writeLine(
                    "\(run.id)  \(time)  \(phase)  \(run.steps) steps  \(run.request.oneLine)"
                        .truncated(toColumns: max(60, context.console.columns))
                )
            }
        }
        if runs.isEmpty { context.console.note("no runs") }
        return .done
    }
}

/// `skillweaver runs show RUN`
struct RunsShowCommand: CommandDefinition {
    let name = "show"
    let summary = "Show a run: its steps, what was tried and why, or its events as they come."

    let report = Flag("report", "For every step what was tried and why.")
    let markdown = Flag("markdown", "The report as Markdown.")
    let follow = Flag("follow", "Show events from the beginning, and wait for more until the run ends.")

    var parameters: [any ParameterDeclaration] { [RunsCommands.run, report, markdown, follow, RunStoreChoice.store] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let store = try context.runStore(values)
        let run = values[RunsCommands.run]
        if values[follow] { return try await follow(run, in: store, context) }
        var report = try await RunReport.of(run, in: store)
        if values[markdown] {
            try context.console.write(report.markdown.printable)
        } else if context.wantsJSON {
            try context.console.writeJSON(report.json)
        } else {
            if !values[self.report] { report.forgetHistory() }
            try context.console.write(report.text.printable)
        }
        return .done
    }

    private func follow(_ run: String, in store: any RunStore, _ context: CommandContext) async throws -> ExitCode {
        var view = RunConsole(context, definition: try await store.definition(of: run))
        while true {
            let entries = try await store.entries(of: run, after: view.shown.sequence, limit: 256)
            for entry in entries { try view.show(RunEvent(run: run, entry: entry)) }
            if view.shown.outcome != nil { return .done }
            // Other processes write the journal, and it does not say when.
            if entries.isEmpty { try await Task.sleep(for: .milliseconds(200)) }
        }
    }
}

/// `skillweaver runs cancel RUN`
struct RunsCancelCommand: CommandDefinition {
    let name = "cancel"
    let summary = "End a run: calls under way are stopped, the rest is not begun. It cannot be resumed."

    var parameters: [any ParameterDeclaration] { [RunsCommands.run, RunStoreChoice.store, RunSettings.group] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let run = values[RunsCommands.run]
        let driver = try context.runResources(values).driver()
        let state = try await driver.cancel(run, by: "a person")
        context.console.note("run \(run) is \(state.outcome == nil ? "being cancelled" : state.phase.rawValue)")
        return .done
    }
}

/// `skillweaver runs prune`
struct RunsPruneCommand: CommandDefinition {
    let name = "prune"
    let summary = "Forget runs that ended, and the large results kept for them."

    let days = Option<Int>(
        "older-than",
        value: "DAYS",
        as: .integer(in: 0...36_500),
        default: 30,
        "Only runs that were created so many days ago, or before."
    )

    var parameters: [any ParameterDeclaration] { [days, RunStoreChoice.store] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let options = try context.routerOptions(values)
        let driver = try RunResources(home: options.home, invokers: options.invokers, store: values.store).driver()
        let count = try await driver.prune(olderThan: .seconds(values[days] * 86_400))
        if context.wantsJSON {
            try context.console.writeJSON(["forgotten": JSONValue(count)])
        } else {
            context.console.note("forgot \(count) runs")
        }
        return .done
    }
}
