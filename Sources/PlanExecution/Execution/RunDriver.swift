import SkillCatalog
import Storage

/// Creates runs, drives them and goes on with them: what the library and the command line have in common.
package struct RunDriver: Sendable {
    package let store: any RunStore
    let invokers: ToolInvokerProvider
    /// Where runs keep results that are too large for the journal, a folder each.
    let resultsFolder: String
    var clock: any RunClock = SystemRunClock()
    var redactor = SecretRedactor()
    let counsel: RunCounsel
    /// Shared by all runs of the process.
    let breakers: BreakerBoard
    /// What its entries in journals say of who drove.
    package var owner = "skillweaver"

    package init(
        store: any RunStore,
        invokers: ToolInvokerProvider,
        resultsFolder: String,
        clock: any RunClock = SystemRunClock(),
        redactor: SecretRedactor = SecretRedactor(),
        counsel: RunCounsel = RunCounsel(),
        breakers: BreakerBoard = BreakerBoard(),
        owner: String = "skillweaver"
    ) {
        self.store = store
        self.invokers = invokers
        self.resultsFolder = resultsFolder
        self.clock = clock
        self.redactor = redactor
        self.counsel = counsel
        self.breakers = breakers
        self.owner = owner
    }

    /// The folders of a run.
    package func workspace(of definition: RunDefinition) -> RunWorkspace {
        RunWorkspace(folder: definition.workspace, results: "\(resultsFolder)/\(definition.id)")
    }

    /// Drives a run that is there, new or paused, as far as it goes.
    ///
    /// - Parameters:
    ///   - commands: a person's answers and the like, appended first.
    ///   - prompter: asks the person in front of the program; nil where there is none.
    /// - Returns: the state it is left in: finished, or paused.
    @discardableResult
    package func drive(
        _ run: String,
        commands: [RunTransition] = [],
        prompter: RunExecutor.Prompter? = nil,
        onCommit: @escaping @Sendable (Int) -> Void = { _ in }
    ) async throws -> RunState {
        let claim = try await store.claim(run, as: owner)
        do {
            let state = try await drive(claimed: run, commands, prompter, onCommit)
            await claim.release()
            return state
        } catch {
            await claim.release()
            throw error
        }
    }

    private func drive(
        claimed run: String,
        _ commands: [RunTransition],
        _ prompter: RunExecutor.Prompter?,
        _ onCommit: @escaping @Sendable (Int) -> Void
    ) async throws -> RunState {
        let state = try await store.state(of: run)
        guard state.outcome == nil else { return state }
        redactor.teachTelemetry()
        let workspace = workspace(of: state.definition)
        try FileSystem.createFolder(workspace.folder)
        try FileSystem.createFolder(workspace.results)
        let invoker = try await invokers.invoker(for: workspace)
        let executor = RunExecutor(
            state,
            store: store,
            invoker: invoker,
            owner: owner,
            clock: clock,
            redactor: redactor,
            counsel: counsel,
            breakers: breakers,
            prompter: prompter,
            results: workspace.results,
            onCommit: onCommit
        )
        let commands = commands + changes(since: state)
        do {
            let end = try await executor.drive(commands)
            await invoker.close()
            return end
        } catch {
            await invoker.close()
            throw error
        }
    }

    /// Skills of a run that is resumed whose files are not what they were.
    private func changes(since state: RunState) -> [RunTransition] {
        guard state.sequence > 0 else { return [] }
        let changed = state.definition.skills.values.filter { skill in
            guard let before = state.definition.fingerprints[skill.id] else { return false }
            return SkillFingerprint.of(skill) != before
        }
        return changed.map(\.id).filter { !state.changedSkills.contains($0) && !state.acceptedSkills.contains($0) }
            .sorted().map { .skillChanged(skill: $0) }
    }
}
