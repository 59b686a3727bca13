import JSONSchema
import PlanComposition
import PlanExecution
import SkillCatalog
import SkillRetrieval
import Synchronization

/// A library of closures, plans over them, and a clock that jumps: what the tests of runs are made of.
struct RunHarness: Sendable {
    let store: any RunStore
    let clock = JumpingClock()
    let tools = CountingTools()
    var options = RunHarness.quickOptions
    var rules = ApprovalRules()
    var definitions: [Skill]
    var counsel = RunCounsel()
    var breakers = BreakerBoard()

    static var quickOptions: RunOptions {
        var options = RunOptions()
        options.seed = 7
        return options
    }

    init(_ definitions: [Skill], store: any RunStore = MemoryRunStore()) {
        self.definitions = definitions
        self.store = store
    }

    /// A harness over one skill `t` with these tools.
    init(tools: [Tool], store: any RunStore = MemoryRunStore()) {
        self.init([Self.skill("t", tools)], store: store)
    }

    static func skill(_ id: String, _ tools: [Tool]) -> Skill {
        Skill(id: id, name: id, description: "", tools: tools, origin: SkillOrigin(source: "test", file: "test"))
    }

    static func tool(
        _ name: String,
        input: JSONValue? = nil,
        output: JSONValue? = nil,
        readOnly: Bool = true,
        destructive: Bool = false,
        idempotent: Bool? = nil,
        key: Bool? = nil,
        compensation: ToolCompensation? = nil
    ) -> Tool {
        Tool(
            name: name,
            description: name,
            inputSchema: input,
            outputSchema: output,
            annotations: ToolAnnotations(
                readOnlyHint: readOnly,
                destructiveHint: destructive,
                idempotentHint: idempotent,
                idempotencyKeyHint: key
            ),
            compensation: compensation
        )
    }

    static func step(
        _ id: String,
        _ tool: String,
        skill: String = "t",
        after: [String] = [],
        arguments: JSONObject? = nil,
        candidates: [String] = [],
        forEach: FanOut? = nil,
        when condition: StepCondition? = nil
    ) -> PlanStep {
        PlanStep(
            id: id,
            subtask: Subtask(id: id, text: "do \(id)"),
            skill: skill,
            tool: tool,
            candidates: candidates.map { Candidate(skill: skill, tool: $0, score: 1) },
            dependsOn: after,
            arguments: arguments,
            forEach: forEach,
            condition: condition
        )
    }

    /// Keeps a run of these steps, and gives its id.
    func create(_ steps: [PlanStep], questions: [PlanQuestion] = [], id: String = "run-1") async throws -> String {
        let plan = Plan(request: "test", decomposer: "none", steps: steps, questions: questions)
        let skills = Dictionary(definitions.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let preparation = RunPreparation(skills: skills) { _, _ in true }
        try await store.create(
            preparation.definition(of: plan, id: id, at: clock.now, options: options, rules: rules, workspace: "/")
        )
        return id
    }

    @discardableResult
    func drive(
        _ run: String,
        _ commands: [RunTransition] = [],
        prompter: RunExecutor.Prompter? = nil,
        redactor: SecretRedactor = SecretRedactor()
    ) async throws -> RunState {
        let executor = RunExecutor(
            try await store.state(of: run),
            store: store,
            invoker: tools,
            clock: clock,
            redactor: redactor,
            counsel: counsel,
            breakers: breakers,
            prompter: prompter
        )
        return try await executor.drive(commands)
    }

    /// Creates a run of these steps and drives it.
    @discardableResult
    func run(_ steps: [PlanStep], questions: [PlanQuestion] = []) async throws -> RunState {
        try await drive(try await create(steps, questions: questions))
    }

    /// Kinds of the transitions of a run, with their tasks.
    func journal(_ run: String = "run-1") async throws -> [String] {
        try await store.entries(of: run, after: 0, limit: 10_000).map { entry in
            entry.transition.task.map { "\(entry.transition.kind) \($0)" } ?? entry.transition.kind
        }
    }

    func transitions(_ run: String = "run-1") async throws -> [RunTransition] {
        try await store.entries(of: run, after: 0, limit: 10_000).map(\.transition)
    }
}

extension RunState {
    func end(_ step: String) -> StepState.End? { graph.positions[step].flatMap { steps[$0].end } }
    func result(_ step: String) -> JSONValue? { graph.positions[step].flatMap { steps[$0].result } }

    func failure(_ step: String) -> ToolFailure? {
        if case .failed(let failure) = end(step) { failure } else { nil }
    }
}

/// Time that passes only when somebody waits for it.
final class JumpingClock: RunClock {
    private let time = Mutex((wall: RunTime(milliseconds: 1_700_000_000_000), slept: Duration.zero))
    private let start = ContinuousClock.now

    var now: RunTime { time.withLock { $0.wall } }
    var monotonic: ContinuousClock.Instant { start + time.withLock { $0.slept } }
    /// How long the run waited in all.
    var slept: Duration { time.withLock { $0.slept } }

    func sleep(until target: RunTime) async throws {
        time.withLock { time in
            guard target > time.wall else { return }
            time.slept += time.wall.duration(to: target)
            time.wall = target
        }
    }

    func advance(by duration: Duration) {
        time.withLock { time in
            time.wall = time.wall.advanced(by: duration)
            time.slept += duration
        }
    }
}

/// Tools made of closures that know how often they were called.
final class CountingTools: ToolInvoker {
    typealias Work = @Sendable (ToolCall, _ count: Int) async throws -> JSONValue

    private struct State {
        var work: [String: Work] = [:]
        var calls: [ToolCall] = []
        var active = 0
        var mostActive = 0
    }

    private let state = Mutex(State())

    /// Says what a tool does; one that nobody described returns null.
    func on(_ tool: String, _ work: @escaping Work) { state.withLock { $0.work[tool] = work } }

    var calls: [ToolCall] { state.withLock { $0.calls } }
    var mostActive: Int { state.withLock { $0.mostActive } }
    func count(_ tool: String) -> Int { calls.count { $0.tool.name == tool } }

    func canInvoke(_ tool: Tool, of skill: Skill) -> Bool { true }

    func invoke(_ call: ToolCall) async throws(ToolFailure) -> ToolResult {
        let (work, count) = state.withLock { state in
            state.calls.append(call)
            state.active += 1
            state.mostActive = max(state.mostActive, state.active)
            return (state.work[call.tool.name], state.calls.count { $0.tool.name == call.tool.name })
        }
        defer { state.withLock { $0.active -= 1 } }
        do {
            return ToolResult(value: try await work?(call, count) ?? .null)
        } catch let failure as ToolFailure {
            throw failure
        } catch {
            throw ToolFailure(.cancelled, code: "cancelled", "cancelled", effect: .unknown)
        }
    }
}

extension ToolFailure {
    static let busy = ToolFailure(.transient, code: "busy", "the server is busy")
    static let broken = ToolFailure(.permanent, code: "broken", "it does not work")
}
