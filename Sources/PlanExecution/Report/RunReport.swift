package import JSONSchema
import PlanComposition
import SkillRetrieval

/// For every step of a run: what was tried, why, how it ended and how long it took.
package struct RunReport: Sendable, Hashable {
    package struct Line: Sendable, Hashable {
        package var at: RunTime
        /// Nil for a step that runs once.
        package var element: Int?
        package var text: String
    }

    package struct Step: Sendable, Hashable {
        package var id: String
        package var subtask: String
        /// `skill.tool` as planned, and what it fell back to.
        package var tools: [String] = []
        /// `succeeded`, `failed`, `skipped`, or what it waits for.
        package var state = "pending"
        package var why: String?
        package var attempts = 0
        package var startedAt: RunTime?
        package var endedAt: RunTime?
        package var history: [Line] = []
        /// What the step returned; for a list only as far as it is needed to say so.
        package var result: JSONValue?
    }

    package var run: String
    package var request: String
    package var phase: RunPhase
    package var createdAt: RunTime
    package var updatedAt: RunTime
    package var steps: [Step]
    package var questions: [OpenQuestion]
    /// What happened to the run as a whole.
    package var history: [Line] = []

    /// Most lines kept for one step; of a long list the beginning tells the story.
    private static let mostLines = 200

    /// Reads the whole journal of a run.
    package static func of(_ run: String, in store: any RunStore) async throws(RunStoreError) -> RunReport {
        let definition = try await store.definition(of: run)
        var state = RunState(definition)
        var report = RunReport(definition)
        while true {
            let entries = try await store.entries(of: run, after: state.sequence, limit: 1_000)
            for entry in entries {
                try state.apply(entry)
                report.take(entry, state)
            }
            guard entries.count == 1_000 else { break }
        }
        report.conclude(state)
        return report
    }

    private init(_ definition: RunDefinition) {
        run = definition.id
        request = definition.plan.request
        phase = .running
        (createdAt, updatedAt) = (definition.createdAt, definition.createdAt)
        questions = []
        steps = definition.plan.steps.map { step in
            Step(id: step.id, subtask: step.subtask.text, tools: step.qualifiedName.map { [$0] } ?? [])
        }
    }

    private mutating func take(_ entry: JournalEntry, _ state: RunState) {
        updatedAt = entry.at
        guard let task = entry.transition.task, let position = state.graph.positions[task.step] else {
            history.append(Line(at: entry.at, element: nil, text: entry.transition.sentence))
            return
        }
        var step = steps[position]
        if step.history.count < Self.mostLines {
            step.history.append(Line(at: entry.at, element: task.element, text: entry.transition.sentence))
        }
        switch entry.transition {
        case .attemptStarted:
            step.attempts += 1
            step.startedAt = step.startedAt ?? entry.at
        case .fellBack(_, let fallback) where !step.tools.contains(fallback.qualifiedName):
            step.tools.append(fallback.qualifiedName)
        case .replanned(_, let replan):
            for changed in replan.steps where changed.id != task.step { take(changed, because: task, entry, state) }
            if let name = replan.steps.first(where: { $0.id == task.step })?.qualifiedName { step.tools.append(name) }
        case .succeeded(_, _, let value, _) where task.element == nil: step.result = value
        default: break
        }
        if state.steps[position].end != nil, step.endedAt == nil { step.endedAt = entry.at }
        steps[position] = step
    }

    /// A step that was planned anew because of another.
    private mutating func take(_ changed: PlanStep, because task: TaskID, _ entry: JournalEntry, _ state: RunState) {
        guard let position = state.graph.positions[changed.id] else { return }
        let tools = changed.qualifiedName.map { [$0] } ?? []
        let how = tools == steps[position].tools ? "" : " with \(tools.joined())"
        steps[position].tools = tools
        steps[position].history.append(
            Line(at: entry.at, element: nil, text: "planned anew\(how), because of \(task.step)")
        )
    }

    private mutating func conclude(_ state: RunState) {
        phase = state.phase
        questions = state.openQuestions
        for position in steps.indices {
            switch state.steps[position].end {
            case .succeeded: steps[position].state = "succeeded"
            case .failed(let failure): (steps[position].state, steps[position].why) = ("failed", failure.summary)
            case .skipped(let reason): (steps[position].state, steps[position].why) = ("skipped", reason.sentence)
            case nil: steps[position].state = state.steps[position].stateWord
            }
        }
    }
}

extension RunReport.Step {
    /// From its first attempt to its end.
    package var duration: Duration? {
        startedAt.flatMap { start in endedAt.map { start.duration(to: $0) } }
    }
}

extension StepState {
    /// What a step that is not settled does, in a word.
    package var stateWord: String {
        if case .asking(let question)? = active.values.lazy.map(\.phase).first(where: \.isAsking) {
            return question.kind == .approval ? "waiting for approval" : "waiting for an answer"
        }
        for task in active.values {
            switch task.phase {
            case .running: return "running"
            case .retrying: return "waiting to try again"
            case .undecided(let failure) where failure.effect == .unknown: return "unknown outcome"
            case .undecided, .ready, .asking: continue
            }
        }
        return "pending"
    }
}

extension TaskState.Phase {
    fileprivate var isAsking: Bool { if case .asking = self { true } else { false } }
}
