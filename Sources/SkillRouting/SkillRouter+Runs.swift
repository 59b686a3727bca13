public import PlanComposition
public import PlanExecution
import SkillCatalog
import SkillRetrieval

extension SkillRouter {
    /// Runs a plan, and says what happens.
    ///
    /// ```swift
    /// for try await event in router.run(plan) { print(event) }
    /// ```
    ///
    /// The run begins when the sequence is iterated, and is kept in the journal from then on: what is cancelled or killed
    /// can be gone on with by `resume`.
    public func run(_ plan: Plan, _ request: RunRequest = RunRequest()) -> RunEvents {
        RunEvents.deferred {
            let (driver, run) = try await create(plan, request)
            return driver.events(of: run, prompter: request.prompter)
        }
    }

    /// Goes on with a run that was paused, interrupted or killed.
    public func resume(
        _ run: String,
        prompter: (@Sendable (OpenQuestion) async -> RunAnswer?)? = nil
    ) -> RunEvents {
        RunEvents.deferred { try driver().events(of: run, prompter: prompter) }
    }

    /// What drives runs, with this router to find other ways.
    package func driver() throws(RunStoreError) -> RunDriver {
        try runs.driver(replanner: RouterReplanner { self })
    }

    /// Checks a plan and keeps a new run of it.
    ///
    /// - Throws: `RunPreparationError` for a plan that cannot run, `RunStoreError` where it cannot be kept.
    package func create(_ plan: Plan, _ request: RunRequest) async throws -> (RunDriver, run: String) {
        let driver = try driver()
        let rules = try runs.home.approvalRules()
        let names = Set(plan.steps.flatMap { step in [step.skill].compactMap(\.self) + step.candidates.map(\.skill) })
        let skills = try await skills(names.sorted())
        let now = SystemRunClock().now
        var random = SystemRandomNumberGenerator()
        let id = RunIdentifier.make(at: now, using: &random)
        let folder = request.workspace ?? "\(runs.home.runResults)/\(id)/files"
        let invoker = try await runs.invokers.invoker(
            for: RunWorkspace(folder: folder, results: "\(runs.home.runResults)/\(id)")
        )
        let definition: RunDefinition
        do {
            definition = try RunPreparation(skills: skills) { invoker.canInvoke($0, of: $1) }.definition(
                of: SecretRedactor(runs.secrets).redacted(plan),
                id: id,
                at: now,
                options: request.options,
                rules: rules,
                workspace: folder
            )
        } catch {
            await invoker.close()
            throw error
        }
        await invoker.close()
        try await driver.store.create(definition)
        return (driver, id)
    }
}
