import JSONSchema
import PlanComposition

/// What a run is at one moment: the fold of its transitions, and nothing else.
package struct RunState: Sendable, Hashable {
    /// As it was created, with the part of the plan that was composed anew since.
    package internal(set) var definition: RunDefinition
    package internal(set) var graph: RunGraph
    /// Sequence of the last transition that is folded in.
    package internal(set) var sequence = 0
    package internal(set) var steps: [StepState]
    /// Steps that wait for nothing and are not settled, by position; all a scheduler has to look at.
    package internal(set) var open: Set<Int> = []
    package internal(set) var unsettled: Int
    package internal(set) var hasFailed = false
    /// Attempts under way.
    package internal(set) var running = 0
    /// Attempts under way, by `skill.tool`.
    package internal(set) var runningByTool: [String: Int] = [:]
    package internal(set) var drivenAt: RunTime?
    /// Who last began to drive the run.
    package internal(set) var lastDriver: String?
    package internal(set) var isCancelling = false
    package internal(set) var pause: PauseReason?
    package internal(set) var outcome: RunOutcome?
    /// Skills whose files changed since the run began, and which nobody has agreed to.
    package internal(set) var changedSkills: Set<String> = []
    /// Changed skills a person agreed to go on with.
    package internal(set) var acceptedSkills: Set<String> = []
    package internal(set) var compensation = CompensationState()
    /// How often a part of the plan was composed anew.
    package internal(set) var replannings = 0

    /// A run that has just been created.
    package init(_ definition: RunDefinition) {
        self.definition = definition
        let graph = RunGraph(definition.plan)
        self.graph = graph
        var uses = Array(repeating: 0, count: definition.plan.steps.count)
        for sources in graph.sources { for source in sources { uses[source] += 1 } }
        steps = definition.plan.steps.indices.map { position in
            StepState(
                isSingle: definition.plan.steps[position].forEach == nil,
                waitsFor: graph.dependencies[position].count,
                uses: uses[position]
            )
        }
        unsettled = steps.count
        open = Set(steps.indices.filter { steps[$0].waitsFor == 0 })
    }

    /// The id of one task of a step.
    package func id(_ position: Int, _ element: Int) -> TaskID {
        TaskID(step: definition.plan.steps[position].id, element: steps[position].isSingle ? nil : element)
    }

    /// What the run waits for a person to say, in the order of the plan.
    package var openQuestions: [OpenQuestion] {
        open.sorted().flatMap { position in
            steps[position].active.sorted { $0.key < $1.key }.compactMap { element, task in
                guard case .asking(let question) = task.phase else { return nil }
                return OpenQuestion(task: id(position, element), question: question)
            }
        }
    }

    /// Attempts under way, by task.
    package var runningAttempts: [(task: TaskID, attempt: Int)] {
        var attempts: [(TaskID, Int)] = []
        for position in open.sorted() {
            for (element, task) in steps[position].active.sorted(by: { $0.key < $1.key }) {
                if case .running(let attempt) = task.phase { attempts.append((id(position, element), attempt)) }
            }
        }
        if case .running(let attempt) = compensation.phase, let call = compensation.calls.last {
            attempts.append((call.task, attempt))
        }
        return attempts
    }

    /// A summary for lists.
    package var phase: RunPhase {
        if let outcome { return RunPhase(outcome) }
        if let pause { return pause == .waiting ? .waiting : .interrupted }
        return .running
    }
}

/// What a list of runs says about one.
public enum RunPhase: String, Sendable, Hashable, CaseIterable {
    /// Somebody drives it, or did until it was killed.
    case running
    case waiting, interrupted
    case succeeded, failed, cancelled

    package init(_ outcome: RunOutcome) {
        switch outcome {
        case .succeeded: self = .succeeded
        case .failed: self = .failed
        case .cancelled: self = .cancelled
        }
    }

    /// Nothing more happens in such a run.
    public var isFinal: Bool { self == .succeeded || self == .failed || self == .cancelled }
}
