import CommandLineInterface
import PlanExecution
import SkillRouting
import SkillWeaver

/// `skillweaver resume RUN`
struct ResumeCommand: CommandDefinition {
    let name = "resume"
    let summary = "Go on with a run that was paused, interrupted or killed."
    let discussion = """
        Completed steps are not run again. A call of which nobody knows how it ended is made again only when that does no \
        harm; otherwise you are asked. Where a step cannot be done, another way is looked for in --library; a language model, \
        where one is configured, puts right arguments that a tool refuses.

        \(RunEnding.exitCodes)
        """
    let examples = [
        CommandExample("Allow what a run waits for", "skillweaver resume 20260501-123005-k7mw2 --approve s2"),
        CommandExample(
            "Give it a value",
            "skillweaver resume 20260501-123005-k7mw2 --answer s1.url=https://example.org"
        ),
    ]

    let run = Argument<String>("RUN", as: .nonBlank, "The run, as 'skillweaver runs list' shows it.")
    let approve = Option<[String]>(
        "approve",
        value: "STEP",
        as: .text,
        "Goes on with what waits there, or makes an uncertain call again; 'all' for everything. Repeatable."
    )
    let deny = Option<[String]>("deny", value: "STEP", as: .text, "Does not do what waits there. Repeatable.")
    let done = Option<[String]>(
        "done",
        value: "STEP[=JSON]",
        as: .text,
        "The uncertain call there took effect; this is its result. Repeatable."
    )
    let answer = Option<[String]>(
        "answer",
        value: "STEP.ARGUMENT=VALUE",
        as: .text,
        "Gives a value the run asks for. Repeatable."
    )

    var parameters: [any ParameterDeclaration] {
        [
            run, approve, deny, done, answer, RunStoreChoice.store, RunStoreChoice.detach, GlobalOptions.library,
            RunSettings.group, ModelOptions.group,
        ]
    }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let driver = try context.runResources(values, repairModel: context.modelForRepairs(values))
            .driver(replanner: context.replanner(values))
        var answers = PersonsAnswers()
        answers.approved = values[approve]
        answers.denied = values[deny]
        answers.done = values[done]
        answers.values = values[answer]
        if values[RunStoreChoice.detach] {
            let leave = try RunStoreChoice.sharedStore(of: driver)
            try await RunStoreChoice.append(to: values[run], of: driver) { [answers] state in
                try answers.transitions(for: state, by: "a person")
            }
            return try await RunStoreChoice.leave(values[run], in: leave, context)
        }
        return try await RunDriving.drive(values[run], with: driver, in: context) { [answers] state in
            try answers.transitions(for: state, by: "a person")
        }
    }
}
