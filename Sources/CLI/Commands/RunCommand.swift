import CommandLineInterface
import PlanExecution
import SkillRouting
import SkillWeaver
import Storage

/// `skillweaver run REQUEST`
struct RunCommand: CommandDefinition {
    let name = "run"
    let summary = "Plan a request, or take a plan, and run it: with retries, fallbacks, approvals and a journal."
    let discussion = """
        Every step is written to a journal before it takes effect, so that a run that is stopped, by whatever, goes on with \
        'skillweaver resume'. Calls that may destroy something wait for a person; on a terminal you are asked, elsewhere the \
        run pauses. Standing answers are read from approvals.json in the folder of --home: \
        {"rules": [{"tool": "git.*", "approve": "allow"}]}, with allow, ask or deny; the last rule that matches counts.

        Calls that fail are tried again, with other skills where that is of no use, and where no candidate is left that part \
        of the plan is made anew. A language model, where one is configured, puts right arguments that a tool refuses; values \
        from private sources are not shown to it.

        \(RunEnding.exitCodes)
        """
    let examples = [
        CommandExample(
            "Run a request",
            #"skillweaver run "Download the dataset from http://127.0.0.1:8000/sales.csv, transform it, and create a visual report" --grant http-fetch=loopback"#
        ),
        CommandExample("Run a plan that you changed", "skillweaver run --plan plan.json --approve auto"),
        CommandExample("Follow it by program", "skillweaver run --plan plan.json --json"),
    ]

    let request = Argument<String?>("REQUEST", "What is to be done, in your own words.")
    let plan = Option<String?>("plan", value: "FILE", as: .file, "Run this plan, as 'route --out' writes it.")
    let answer = Option<[String]>(
        "answer",
        value: "STEP.ARGUMENT=VALUE",
        as: .text,
        "Gives a value that the plan leaves open; repeatable."
    )
    let workspace = Option<String?>(
        "workspace",
        value: "DIR",
        as: .folder,
        "The folder tools read and write. Default: the current one."
    )
    let approve = Option<ApprovalMode>(
        "approve",
        value: "MODE",
        default: .ask,
        "Who decides about calls that may destroy something: a person (ask), or nobody (auto: made, deny: not made)."
    )
    let onFailure = Option<FailurePolicy>(
        "on-failure",
        value: "POLICY",
        default: .keep,
        "What becomes of finished steps when one fails: kept, or taken back where their tools say how."
    )
    let recovery = Flag("recovery", isNegatable: true, default: true, "Retries, repairs and fallbacks.")
    let concurrency = Option<Int>(
        "concurrency",
        value: "N",
        as: .integer(in: 1...1_000),
        default: 8,
        "Calls at a time."
    )
    let deadline = Option<Int?>(
        "deadline",
        value: "SECONDS",
        as: .integer(in: 1...31_536_000),
        "Longest duration of the run."
    )
    let stepDeadline = Option<Int?>(
        "step-deadline",
        value: "SECONDS",
        as: .integer(in: 1...31_536_000),
        "Longest duration of a step, retries included."
    )
    let attemptDeadline = Option<Int>(
        "attempt-deadline",
        value: "SECONDS",
        as: .integer(in: 1...86_400),
        default: 60,
        "Longest duration of one call."
    )
    let learn = Flag("learn", "Keep which skills did what, on this machine, for 'skillweaver tune'.")

    var parameters: [any ParameterDeclaration] {
        [
            request, plan, answer, workspace, approve, onFailure, recovery, concurrency, deadline, stepDeadline,
            attemptDeadline, learn, RunStoreChoice.detach, GlobalOptions.library, RunStoreChoice.libraryAndRuns,
            RunSettings.group,
            DecomposerOptions.group, ModelOptions.group,
        ]
    }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        guard (values[request] == nil) != (values[plan] == nil) else {
            throw CommandError.usage("give either a REQUEST or --plan FILE")
        }
        if values[RunStoreChoice.detach] {
            guard try values.store != nil else { throw RunStoreChoice.noStore }
            guard !values[learn] else {
                throw CommandError.usage("--learn needs the end of the run, and --detach does not wait for it")
            }
        }
        var options = try context.runOptions(values)
        let asksModel = values[DecomposerOptions.decomposer].asksModel
        let model = try asksModel ? context.chatModel(values) : context.modelForRepairs(values)
        options.decomposer = try DecomposerOptions.recipe(values, asking: model)
        options.repairModel = model
        options.workspace = FileSystem.absolute(values[workspace] ?? ".")
        let document = try values[plan].map(PlanFiles.read)
        let router = try await SkillRouter(library: context.libraryForRun(values), options: options)
        var steps: Plan
        if let document { steps = document.plan } else { steps = try await router.route(values[request] ?? "") }
        if document == nil, !context.wantsJSON { context.console.note(steps.table(width: context.console.columns)) }
        guard !steps.fitsNothing else {
            throw CommandError("nothing-fits", "no skill fits the request", exitCode: .nothingFits)
        }
        steps = try await PlanAnswers.filled(steps, with: values[answer], from: router, console: context)
        let (driver, run) = try await router.create(steps, runRequest(values))
        if values[RunStoreChoice.detach] {
            return try await RunStoreChoice.leave(run, in: RunStoreChoice.sharedStore(of: driver), context)
        }
        context.console.note("run \(run)")
        let code = try await RunDriving.drive(run, with: driver, in: context)
        if values[learn] { try await RunLearning.keep(run, of: driver, in: options.home) }
        return code
    }

    private func runRequest(_ values: ParsedValues) -> RunRequest {
        var request = RunRequest()
        request.workspace = FileSystem.absolute(values[workspace] ?? ".")
        request.options.approval = values[approve]
        request.options.onFailure = values[onFailure]
        request.options.recovery.isEnabled = values[recovery]
        request.options.limits.concurrency = values[concurrency]
        request.options.limits.concurrencyPerTool = values[concurrency]
        request.options.limits.runDeadline = values[deadline].map { .seconds($0) }
        request.options.limits.stepDeadline = values[stepDeadline].map { .seconds($0) }
        request.options.limits.attemptDeadline = .seconds(values[attemptDeadline])
        return request
    }
}
