import JSONSchema
import PlanComposition
import SkillCatalog

/// What is to happen next in a run: a function of its state, the time, and which tools answer.
///
/// One process that drives a run alone and many workers that share it decide by the same rules.
package struct RunDecider: Sendable {
    /// The transitions to append, and when to look again.
    package struct Decision: Sendable, Hashable {
        package var transitions: [RunTransition] = []
        /// The earliest moment at which waiting is over; nil when nothing waits for the time.
        package var wakeAt: RunTime?
        /// What somebody has to be asked before tasks can go on; the same at every look until there is an answer.
        package var wishes: [CounselWish] = []

        package mutating func wake(at time: RunTime) { wakeAt = wakeAt.map { min($0, time) } ?? time }
    }

    /// Name of the process, for attempts; nil where only one drives the run.
    package var worker: String?

    /// What can be asked of whom.
    var offer = CounselOffer()
    /// What a tool's calls depend on, where that is more than its skill.
    var server: @Sendable (Tool, Skill) -> String? = { _, _ in nil }

    package init(worker: String? = nil) { self.worker = worker }

    /// Decides everything that can be decided now; to be asked again after its transitions are folded in, until it says
    /// nothing more.
    package func decide(
        _ state: RunState,
        at now: RunTime,
        monotonic: ContinuousClock.Instant,
        breakers: BreakerBoard
    ) -> Decision {
        guard state.outcome == nil else { return Decision() }
        var pass = DecisionPass(state, now: now, monotonic: monotonic, self)
        if state.isCancelling {
            pass.cancel()
        } else if state.unsettled == 0 {
            pass.conclude()
        } else {
            for position in state.open.sorted() { pass.decide(position, breakers) }
        }
        return pass.decision
    }
}

/// One look at every open step.
struct DecisionPass {
    let state: RunState
    let now: RunTime
    let monotonic: ContinuousClock.Instant
    let decider: RunDecider
    let recovery: RecoveryPolicy
    let approval: ApprovalPolicy
    let limits: RunLimits
    var decision = RunDecider.Decision()
    /// Attempts that may still be started.
    private var slots: Int
    private var started: [String: Int] = [:]
    /// When the time for the run is over.
    private let deadline: RunTime?
    private let isOutOfTime: Bool

    init(_ state: RunState, now: RunTime, monotonic: ContinuousClock.Instant, _ decider: RunDecider) {
        self.state = state
        self.now = now
        self.monotonic = monotonic
        self.decider = decider
        let options = state.definition.options
        recovery = RecoveryPolicy(options.recovery, offer: decider.offer)
        approval = ApprovalPolicy(mode: options.approval, rules: state.definition.approvalRules)
        limits = options.limits
        slots = max(1, limits.concurrency) - state.running
        deadline = limits.runDeadline.flatMap { limit in state.drivenAt?.advanced(by: limit) }
        isOutOfTime = deadline.map { $0 <= now } ?? false
    }

    var plan: Plan { state.definition.plan }
    var worker: String? { decider.worker }

    mutating func emit(_ transition: RunTransition) { decision.transitions.append(transition) }

    mutating func decide(_ position: Int, _ breakers: BreakerBoard) {
        let step = state.steps[position]
        let id = TaskID(step: plan.steps[position].id)
        if step.active.isEmpty, step.nextElement == 0 {
            // Settled before it begins: what it needs is not there, or its condition does not hold.
            if let reason = missingNeed(position) { return emit(.skipped(id, reason)) }
            if isOutOfTime { return emit(.failed(id, .runDeadline)) }
            guard slots > 0 else { return }
            switch wholeCondition(position) {
            case .failure(let failure): return emit(.failed(id, failure))
            case .success(let reason?): return emit(.skipped(id, reason))
            case .success(nil): break
            }
        }
        guard let count = step.count else { return fanOut(position, id) }
        for (element, task) in step.active.sorted(by: { $0.key < $1.key }) {
            follow(task, element, position, breakers)
        }
        var element = step.nextElement
        while element < count {
            guard !isOutOfTime, slots > 0 else { break }
            guard begin(TaskState(planned: plan.steps[position]), element, position, breakers) else { break }
            element += 1
        }
        if isOutOfTime, element < count {
            for rest in element..<count { emit(.failed(state.id(position, rest), .runDeadline)) }
        }
    }

    /// Steps it needs that brought nothing.
    private func missingNeed(_ position: Int) -> SkipReason? {
        for source in state.graph.sources[position] {
            switch state.steps[source].end {
            case .failed: return .needsFailed(step: plan.steps[source].id)
            case .skipped(.needsFailed(let step)): return .needsFailed(step: step)
            case .skipped: return .needsSkipped(step: plan.steps[source].id)
            case .succeeded, nil: continue
            }
        }
        for dependency in state.graph.dependencies[position] {
            switch state.steps[dependency].end {
            case .failed: return .needsFailed(step: plan.steps[dependency].id)
            case .skipped(.needsFailed(let step)): return .needsFailed(step: step)
            case .skipped, .succeeded, nil: continue
            }
        }
        return nil
    }

    private mutating func fanOut(_ position: Int, _ id: TaskID) {
        guard let forEach = plan.steps[position].forEach else { return }
        do throws(ArgumentResolver.Fault) {
            let count = try state.elementCount(forEach.list)
            guard count <= forEach.limit else {
                let message = "the list has \(count) elements and the step allows \(forEach.limit); raise its limit"
                return emit(.failed(id, ToolFailure(.permanent, code: "list-too-long", message)))
            }
            emit(.fannedOut(step: id.step, count: count))
        } catch {
            emit(.failed(id, error.failure))
        }
    }

    /// What follows for a task that was begun.
    private mutating func follow(
        _ task: TaskState,
        _ element: Int,
        _ position: Int,
        _ breakers: BreakerBoard
    ) {
        let id = state.id(position, element)
        if let failure = deadlineFailure(position) {
            switch task.phase {
            case .running: return
            case .undecided(let last):
                return emit(.failed(id, failure.adding(last)))
            case .ready, .retrying, .asking: return emit(.failed(id, failure))
            }
        }
        switch task.phase {
        case .running, .asking: return
        case .retrying(let until) where until > now:
            decision.wake(at: [until, deadline, stepDeadline(position)].compactMap(\.self).min() ?? until)
        case .ready, .retrying: _ = begin(task, element, position, breakers)
        case .undecided where decider.offer.pending.contains(id): return
        case .undecided(let failure):
            let remedy = recovery.remedy(for: failure, of: task, named: id, position: position, in: state, at: now)
            emit(remedy, for: id)
        }
    }

    mutating func emit(_ remedy: Remedy, for id: TaskID) {
        switch remedy {
        case .retry(let until, let because): emit(.retryPlanned(id, until: until, because: because))
        case .repair(let change): emit(.repaired(id, change))
        case .fallBack(let fallback): emit(.fellBack(id, fallback))
        case .ask(let question): emit(.asked(id, question))
        case .wish(let wish):
            if decider.offer.allows(wish, beside: decision.wishes) { decision.wishes.append(wish) }
            let ends = [deadline, state.graph.positions[id.step].flatMap(stepDeadline)].compactMap(\.self)
            if let end = ends.min() { decision.wake(at: end) }
        case .giveUp(let failure): emit(.failed(id, failure))
        }
    }

    /// The failure of a step, or of the run, whose time is over.
    private func deadlineFailure(_ position: Int) -> ToolFailure? {
        if isOutOfTime { return .runDeadline }
        guard let limit = limits.stepDeadline, let end = stepDeadline(position), end <= now else { return nil }
        return .stepDeadline(limit)
    }

    private func stepDeadline(_ position: Int) -> RunTime? {
        guard state.steps[position].askedAt == nil else { return nil }
        return limits.stepDeadline.flatMap { limit in state.steps[position].startedAt?.advanced(by: limit) }
    }

    /// Takes a place for one more attempt with a tool, where there is one.
    mutating func takeSlot(for tool: String) -> Bool {
        let running = state.runningByTool[tool, default: 0] + started[tool, default: 0]
        guard slots > 0, running < max(1, limits.concurrencyPerTool) else { return false }
        slots -= 1
        started[tool, default: 0] += 1
        return true
    }
}

extension ToolFailure {
    static let runDeadline = ToolFailure(.cancelled, code: "run-deadline", "the time for the run is over")

    static func stepDeadline(_ limit: Duration) -> ToolFailure {
        ToolFailure(.permanent, code: "step-deadline", "the time for the step is over (\(limit.wholeMilliseconds) ms)")
    }

    /// With what went wrong last, and what is known of its effect.
    func adding(_ last: ToolFailure) -> ToolFailure {
        var failure = self
        failure.message += "; last: \(last.message)"
        failure.effect = last.effect
        return failure
    }
}
