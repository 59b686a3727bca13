import JSONSchema
import PlanComposition
import SkillCatalog
import SkillRetrieval
import Storage

/// Carries out skills that are a plan: a run of its own for each call, with the journal, the retries, the grants and the
/// rules about approvals that every run has.
///
/// The run inside is named after the call's idempotency key and kept beside the results of the run or session, so that a call
/// that is made again goes on where it was stopped, and repeats nothing that was done. Nobody can be asked in its midst:
/// whoever agreed to the call agreed to its steps, unless a rule about one of their tools says `ask` or `deny`.
struct PlanInvoker: ToolInvoker {
    /// How deep plans may call plans.
    static let maximumDepth = 4
    @TaskLocal static var depth = 0

    /// Skills of an id that the steps of another may mean, best first.
    let lookUp: @Sendable (_ id: String, _ asking: Skill) async -> [Skill]
    /// Call the tools of the steps.
    let others: [any ToolInvoker]
    let workspace: RunWorkspace
    let redactor: SecretRedactor
    let journal: PlanJournal

    func canInvoke(_ tool: Tool, of skill: Skill) -> Bool {
        guard let folder = skill.origin.folder, let template = try? PlanTemplate(folder: folder) else { return false }
        return template.tool == tool.name
    }

    func invoke(_ call: ToolCall) async throws(ToolFailure) -> ToolResult {
        guard Self.depth < Self.maximumDepth else {
            throw fault(
                call,
                "too-deep",
                "is called by itself, or by more than \(Self.maximumDepth) plans in each other"
            )
        }
        let (template, plan) = try instantiate(call)
        var remarks: [String] = []
        let skills = try await skills(of: plan, template, call, &remarks)
        try checkConsent(plan, skills, call)
        let definition = try definition(plan, skills, call)
        let state: RunState
        do {
            state = try await Self.$depth.withValue(Self.depth + 1) { try await drive(definition) }
        } catch let error as RunStoreError {
            let kind: ToolFailure.Kind = error.kind == .busy || error.kind == .diskFull ? .transient : .permanent
            throw ToolFailure(kind, code: "journal", "\(call.qualifiedName): \(error)", effect: .unknown)
        } catch {
            throw fault(call, "journal", "\(error)")
        }
        return try result(of: state, template, call, remarks)
    }

    // MARK: - Before

    private func instantiate(_ call: ToolCall) throws(ToolFailure) -> (PlanTemplate, Plan) {
        do throws(PlanTemplate.Fault) {
            guard let folder = call.skill.origin.folder, let template = try PlanTemplate(folder: folder) else {
                throw PlanTemplate.Fault(message: "has no \(PlanTemplate.fileName) any more")
            }
            return (template, try template.plan(with: call.arguments))
        } catch {
            throw fault(call, "plan-unusable", error.message)
        }
    }

    private func skills(
        of plan: Plan,
        _ template: PlanTemplate,
        _ call: ToolCall,
        _ remarks: inout [String]
    ) async throws(ToolFailure) -> [String: Skill] {
        var skills: [String: Skill] = [:]
        for id in Set(plan.steps.compactMap(\.skill)).sorted() {
            let found = await lookUp(id, call.skill)
            let known = template.skills[id] ?? nil
            if let known, let same = found.first(where: { SkillFingerprint.of($0) == known }) {
                skills[id] = same
            } else if let other = found.first {
                skills[id] = other
                if known != nil { remarks.append("\(id) is not what it was when \(call.skill.name) was made") }
            } else {
                throw fault(call, "skill-missing", "needs the skill \(id), which is not installed here")
            }
        }
        return skills
    }

    /// Refuses steps nobody agreed to by agreeing to the call, before any of them runs.
    private func checkConsent(_ plan: Plan, _ skills: [String: Skill], _ call: ToolCall) throws(ToolFailure) {
        let flagged = PlanValidator(skills: skills).validate(plan).lazy.compactMap { fault in
            if case .privateDataToPublic(let flag) = fault { flag } else { nil }
        }.first
        if let flagged, !call.tool.annotations.isDestructive {
            throw ToolFailure(
                .policy,
                code: "not-approved",
                "\(call.qualifiedName) was not carried out: private data would reach others (\(flagged.why)), and nobody "
                    + "was asked"
            )
        }
        for step in plan.steps {
            guard let name = step.qualifiedName,
                let tool = step.tool.flatMap({ tool in step.skill.flatMap { skills[$0]?.tool(named: tool) } })
            else { continue }
            let refusal: String? =
                switch call.rules.verdict(on: name) {
                case .deny: "which may not be called here (rule: deny)"
                case .ask: "about which a rule wants each call to be asked; that cannot be done inside another call"
                case .allow: nil
                case nil:
                    tool.annotations.isDestructive && !call.tool.annotations.isDestructive
                        ? "which may destroy something, though \(call.tool.name) says that it does not" : nil
                }
            guard let refusal else { continue }
            throw ToolFailure(
                .policy,
                code: "not-approved",
                "\(call.qualifiedName) was not carried out: its step \(step.id) calls \(name), \(refusal)"
            )
        }
    }

    private func definition(
        _ plan: Plan,
        _ skills: [String: Skill],
        _ call: ToolCall
    ) throws(ToolFailure) -> RunDefinition {
        var options = RunOptions()
        options.approval = call.tool.annotations.isDestructive ? .auto : .deny
        options.limits.attemptDeadline = call.limits.deadline
        let callers = InvokerSet([self] + others)
        do {
            return try RunPreparation(skills: skills) { callers.canInvoke($0, of: $1) }.definition(
                of: plan,
                id: Self.run(of: call),
                at: SystemRunClock().now,
                options: options,
                rules: call.rules,
                workspace: workspace.folder
            )
        } catch {
            throw fault(call, error.code, error.message)
        }
    }

    // MARK: - Running

    private func drive(_ definition: RunDefinition) async throws(RunStoreError) -> RunState {
        let store = try await journal.store()
        do throws(RunStoreError) {
            try await store.create(definition)
        } catch  where error.kind == .exists {
            // The same call was begun before; its own definition counts.
        }
        let claim = try await store.claim(definition.id, as: "a plan that is a skill")
        let outcome: Result<RunState, RunStoreError>
        do throws(RunStoreError) {
            var state = try await advance(store.state(of: definition.id), store, [])
            // Nobody can be asked here; what is not known to have failed is not done twice.
            let answers = state.openQuestions.map { RunTransition.answered($0.task, .deny, by: "skillweaver") }
            if state.pause == .waiting, !answers.isEmpty { state = try await advance(state, store, answers) }
            outcome = .success(state)
        } catch {
            outcome = .failure(error)
        }
        await claim.release()
        return try outcome.get()
    }

    private func advance(
        _ state: RunState,
        _ store: any RunStore,
        _ commands: [RunTransition]
    ) async throws(RunStoreError) -> RunState {
        guard state.outcome == nil else { return state }
        let executor = RunExecutor(
            state,
            store: store,
            invoker: CheckedInvoker(InvokerSet([self] + others), workspace: workspace),
            redactor: redactor
        )
        return try await executor.drive(commands)
    }

    // MARK: - After

    private func result(
        of state: RunState,
        _ template: PlanTemplate,
        _ call: ToolCall,
        _ remarks: [String]
    ) throws(ToolFailure) -> ToolResult {
        guard state.outcome != .succeeded else {
            return ToolResult(value: template.result(of: state), remarks: remarks)
        }
        let effect: ToolFailure.Effect = state.mayHaveActed ? .unknown : .none
        guard state.outcome != nil else {
            let message = "\(call.qualifiedName) was stopped before its plan was done"
            throw ToolFailure(.cancelled, code: "cancelled", message, effect: effect, remarks: remarks)
        }
        let failed = zip(state.definition.plan.steps, state.steps).lazy.compactMap { step, end in
            if case .failed(let failure) = end.end { (step, failure) } else { nil }
        }.first
        guard let (step, failure) = failed else { throw fault(call, "cancelled", "was cancelled") }
        let done = state.steps.count { $0.end == .succeeded }
        throw ToolFailure(
            failure.kind == .policy ? .policy : .permanent,
            code: "step-failed",
            "\(call.qualifiedName) failed in step \(step.id) (\(step.qualifiedName ?? step.subtask.text)) after \(done) of "
                + "\(state.steps.count) steps: \(failure.message)",
            effect: effect,
            remarks: remarks + failure.remarks
        )
    }

    /// The same for every attempt at the same call.
    private static func run(of call: ToolCall) -> String {
        let arguments = JSONValue.object(call.arguments).serialized()
        let words = [call.idempotencyKey, call.qualifiedName, arguments].joined(separator: "\n")
        return "call-" + ContentHash(of: words).hexadecimal.prefix(24)
    }

    private func fault(_ call: ToolCall, _ code: String, _ reason: String) -> ToolFailure {
        ToolFailure(.permanent, code: code, "\(call.qualifiedName) \(reason)")
    }
}

extension RunState {
    /// A step that changes something was done, or may have been.
    fileprivate var mayHaveActed: Bool {
        zip(definition.plan.steps, steps).contains { step, state in
            let tool = step.skill.flatMap { skill in step.tool.flatMap { definition.tool($0, of: skill) } }
            guard tool?.annotations.isReadOnly != true else { return false }
            if case .failed(let failure) = state.end, failure.effect == .none, state.values.isEmpty { return false }
            return state.end != nil && !state.isSkipped || !state.active.isEmpty
        }
    }
}

extension StepState {
    fileprivate var isSkipped: Bool {
        if case .skipped = end { true } else { false }
    }
}

/// The journal of the runs inside calls, opened by the first of them.
actor PlanJournal {
    private let file: String
    private var opened: SQLiteRunStore?

    init(file: String) { self.file = file }

    func store() throws(RunStoreError) -> SQLiteRunStore {
        if let opened { return opened }
        let store = try SQLiteRunStore(file: file)
        opened = store
        return store
    }
}
