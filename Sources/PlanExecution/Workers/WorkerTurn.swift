import JSONSchema
import PlanComposition
import SkillCatalog

/// One look of one worker at a shared run, which is its own for that moment: it reports how its attempts ended, notices
/// workers that are gone, decides what comes next, and takes what it has room for.
///
/// A function of the journal and the claims: a turn whose commit was lost can be taken again.
package struct WorkerTurn: Sendable {
    /// What the database says, under the run's lock.
    package struct View: Sendable {
        package var state: RunState
        package var claims: [TaskClaim]
        /// By the clock of the server, which all workers share.
        package var now: RunTime
    }

    /// What is to be written, and then done.
    package struct Decision: Sendable {
        package var state: RunState
        package var transitions: [RunTransition] = []
        package var time: RunTime
        /// Attempts under way, of all workers.
        package var claims: [TaskClaim] = []
        package var ready: [ReadyTask] = []
        /// When somebody has to decide again though nothing happened.
        package var wakeAt: RunTime?
        /// To be begun by this worker when the decision is durable.
        package var orders: [AttemptOrder] = []
        /// To be asked by this worker when the decision is durable.
        package var wishes: [CounselWish] = []
        package var remarks: [Remark] = []
    }

    /// What a person who watches the worker should know.
    package enum Remark: Sendable, Hashable {
        /// An attempt of a worker that is gone.
        case takenOver(TaskID, attempt: Int, from: String)
        /// A result came after others had taken the task over.
        case late(TaskID, attempt: Int)
        /// A task is left to workers that have the skill.
        case left(TaskID, skill: String, because: String)
    }

    /// Why this worker cannot call a tool; nil when it can.
    package typealias Obstacle = @Sendable (RunAttempt, RunState) -> String?

    let worker: String
    /// What became of this worker's attempts at the run since its last turn.
    var reports: [AttemptReport] = []
    /// Attempts of this worker at the run that are under way.
    var underWay: Set<RunAttempt> = []
    /// How many more attempts it can make now.
    var capacity: Int
    /// Answers to what this worker asked for the run since its last turn.
    var advice: [CounselReport] = []
    /// What it is asking at the moment.
    var asking: Set<CounselWish> = []
    var offer = CounselOffer()
    /// False for a worker that is told to stop: others ask then.
    var mayAsk = true
    var breakers = BreakerBoard()
    var server: @Sendable (Tool, Skill) -> String? = { _, _ in nil }
    var redactor = SecretRedactor()
    var obstacle: Obstacle = { _, _ in nil }

    /// - Parameter monotonic: time for breakers.
    /// - Returns: nil where another process drives the whole run.
    package func decide(
        _ view: View,
        monotonic: ContinuousClock.Instant
    ) throws(RunStoreError) -> Decision? {
        guard !view.claims.contains(where: { $0.task.step.isEmpty && !$0.hasEnded }) else { return nil }
        var pass = Pass(turn: self, view: view)
        try pass.settle(at: monotonic)
        try pass.decide(at: monotonic)
        return pass.decision
    }
}

extension WorkerTurn {
    /// A turn while it is taken.
    fileprivate struct Pass {
        let turn: WorkerTurn
        let view: View
        var decision: Decision
        /// Tasks of the last look that need what this worker has not got.
        private var left: [Remark] = []
        /// The first element of each list that waits for a worker.
        private var held: [String: Int] = [:]

        init(turn: WorkerTurn, view: View) {
            (self.turn, self.view) = (turn, view)
            decision = Decision(state: view.state, time: view.now)
        }

        private mutating func record(_ transition: RunTransition) throws(RunStoreError) {
            let transition = turn.redactor.redacted(transition)
            let sequence = decision.state.sequence + 1
            try decision.state.apply(JournalEntry(sequence: sequence, at: view.now, transition: transition))
            decision.transitions.append(transition)
        }

        /// Ends the attempts that have ended, one way or another.
        mutating func settle(at monotonic: ContinuousClock.Instant) throws(RunStoreError) {
            for report in turn.reports { try take(report) }
            for report in turn.advice {
                if let transition = decision.state.transition(for: report) { try record(transition) }
            }
            let mine = Set(turn.underWay.map { Key($0.task, $0.number) })
            let reported = Set(turn.reports.map { Key($0.attempt.task, $0.attempt.number) })
            for (task, attempt) in decision.state.runningAttempts {
                let key = Key(task, attempt)
                let claim = view.claims.first { Key($0.task, $0.attempt) == key }
                if let claim, claim.worker == turn.worker {
                    decision.claims.append(claim)
                    guard !mine.contains(key), !reported.contains(key) else { continue }
                    // It was written that this worker makes the attempt, and the answer to that was lost: nobody began.
                    if let order = decision.state.order(for: task, attempt, by: turn.worker) {
                        decision.orders.append(order)
                    } else {
                        decision.claims.removeLast()
                        try record(.attemptLost(task, attempt: attempt))
                    }
                } else if let claim, !claim.hasEnded {
                    decision.claims.append(claim)
                } else {
                    try record(.attemptLost(task, attempt: attempt))
                    decision.remarks.append(
                        .takenOver(task, attempt: attempt, from: claim?.worker ?? "whoever drove the run before")
                    )
                }
            }
        }

        private mutating func take(_ report: AttemptReport) throws(RunStoreError) {
            let attempt = report.attempt
            let key = Key(attempt.task, attempt.number)
            let isMine = view.claims.contains { Key($0.task, $0.attempt) == key && $0.worker == turn.worker }
            let isRunning = decision.state.runningAttempts.contains { Key($0.task, $0.attempt) == key }
            guard isMine, isRunning else {
                decision.remarks.append(.late(attempt.task, attempt: attempt.number))
                // Nobody knew how it ended, and a person is asked: here is the answer.
                if case .success(let result) = report.result, decision.state.isUncertain(of: attempt) {
                    try record(.answered(attempt.task, .done(result.value), by: turn.worker))
                }
                return
            }
            switch (report.result, report.isCompensation) {
            case (.success(let result), false):
                try record(
                    .succeeded(attempt.task, attempt: attempt.number, value: result.value, remarks: result.remarks)
                )
            case (.success, true): try record(.compensated(attempt.task))
            case (.failure(let failure), false):
                try record(.attemptFailed(attempt.task, attempt: attempt.number, failure))
            case (.failure(let failure), true):
                try record(.compensationFailed(attempt.task, failure, isFinal: false))
            }
        }

        /// Decides all that can be decided; attempts there is no room for, or no skill, become ready for others.
        mutating func decide(at monotonic: ContinuousClock.Instant) throws(RunStoreError) {
            guard decision.state.outcome == nil else { return }
            if decision.state.pause != nil || decision.state.drivenAt == nil { try record(.driven(by: turn.worker)) }
            var decider = RunDecider(worker: turn.worker)
            decider.server = turn.server
            decider.offer = turn.offer
            decider.offer.asking = turn.asking
            var capacity = turn.capacity
            var wishes: [CounselWish] = []
            while true {
                decider.offer.pending = othersAreAsking
                let next = decider.decide(
                    decision.state,
                    at: view.now,
                    monotonic: monotonic,
                    breakers: turn.breakers
                )
                (decision.ready, decision.wakeAt, left, held) = ([], next.wakeAt, [], [:])
                wishes = next.wishes
                let before = decision.state.sequence
                for transition in next.transitions {
                    guard !isHeld(transition) else { continue }
                    guard let order = AttemptOrder(transition) else {
                        try record(transition)
                        continue
                    }
                    guard canBegin(order.attempt, capacity, decider, at: monotonic) else { continue }
                    capacity -= 1
                    try record(transition)
                    decision.orders.append(order)
                    decision.claims.append(
                        TaskClaim(task: order.attempt.task, attempt: order.attempt.number, worker: turn.worker)
                    )
                }
                if decision.state.sequence == before { break }
            }
            decision.remarks += left
            claim(wishes)
            guard decision.state.outcome == nil, decision.claims.isEmpty, decision.ready.isEmpty,
                decision.wakeAt == nil
            else { return }
            // Without an open question this cannot be; it is better to stop than to wait for nothing.
            try record(.paused(decision.state.openQuestions.isEmpty ? .interrupted : .waiting))
        }

        /// Elements of a list are begun in their order, so that none is forgotten: this one is behind one that waits.
        private func isHeld(_ transition: RunTransition) -> Bool {
            guard let task = transition.task, let element = task.element, let first = held[task.step] else {
                return false
            }
            return element > first
        }

        private mutating func canBegin(
            _ attempt: RunAttempt,
            _ capacity: Int,
            _ decider: RunDecider,
            at monotonic: ContinuousClock.Instant
        ) -> Bool {
            let obstacle = turn.obstacle(attempt, decision.state)
            guard obstacle != nil || capacity <= 0 else { return true }
            decision.ready.append(ReadyTask(task: attempt.task, skill: attempt.skill))
            if let obstacle { left.append(.left(attempt.task, skill: attempt.skill, because: obstacle)) }
            if let element = attempt.task.element, !decision.state.hasBegun(attempt.task) {
                held[attempt.task.step] = min(element, held[attempt.task.step] ?? element)
            }
            // The breaker let it pass, and it is not made here.
            if let call = decider.guarded(attempt, in: decision.state) {
                turn.breakers.abandon(call, at: monotonic)
            }
            return false
        }

        /// Tasks that a living worker is asking somebody about, under claims like those of attempts.
        private var othersAreAsking: Set<TaskID> {
            Set(
                view.claims.filter { claim in
                    claim.worker != turn.worker && !claim.hasEnded && isUndecided(claim)
                }.map(\.task)
            )
        }

        private func isUndecided(_ claim: TaskClaim) -> Bool {
            guard let position = decision.state.graph.positions[claim.task.step],
                let task = decision.state.steps[position].active[claim.task.element ?? 0],
                case .undecided = task.phase
            else { return false }
            return task.attempts == claim.attempt
        }

        /// Takes what somebody has to be asked, and keeps what others ask.
        private mutating func claim(_ wishes: [CounselWish]) {
            let others = othersAreAsking
            decision.claims += view.claims.filter { $0.worker != turn.worker && others.contains($0.task) }
            guard turn.mayAsk || wishes.isEmpty else { return decision.wakeAt = view.now }
            for wish in wishes {
                let attempt = decision.state.attempts(at: wish.task)
                decision.claims.append(TaskClaim(task: wish.task, attempt: attempt, worker: turn.worker))
                if !turn.asking.contains(wish) { decision.wishes.append(wish) }
            }
        }
    }

    private struct Key: Hashable {
        var task: TaskID
        var attempt: Int

        init(_ task: TaskID, _ attempt: Int) { (self.task, self.attempt) = (task, attempt) }
    }
}

extension AttemptOrder {
    /// The attempt that a transition begins; nil for other transitions.
    fileprivate init?(_ transition: RunTransition) {
        switch transition {
        case .attemptStarted(let attempt): self.init(attempt: attempt, isCompensation: false)
        case .compensationStarted(let attempt): self.init(attempt: attempt, isCompensation: true)
        default: return nil
        }
    }
}

extension RunState {
    fileprivate func hasBegun(_ task: TaskID) -> Bool {
        graph.positions[task.step].map { steps[$0].active[task.element ?? 0] != nil } ?? false
    }

    /// An attempt under way, as it was ordered; nil where the state does not have its arguments.
    fileprivate func order(for task: TaskID, _ number: Int, by worker: String) -> AttemptOrder? {
        // The arguments of one that takes something back are in the journal only.
        if case .running = compensation.phase { return nil }
        guard let state = graph.positions[task.step].flatMap({ steps[$0].active[task.element ?? 0] }) else {
            return nil
        }
        let attempt = RunAttempt(
            task: task,
            number: number,
            skill: state.skill,
            tool: state.tool,
            arguments: state.arguments,
            worker: worker
        )
        return AttemptOrder(attempt: attempt, isCompensation: false)
    }

    /// Whether a person is asked how that attempt ended.
    fileprivate func isUncertain(of attempt: RunAttempt) -> Bool {
        guard let task = graph.positions[attempt.task.step].flatMap({ steps[$0].active[attempt.task.element ?? 0] }),
            task.attempts == attempt.number, case .asking(let question) = task.phase
        else { return false }
        return question.kind == .unknownOutcome
    }
}
