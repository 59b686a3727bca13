/// What a run wants to know when its own rules are at an end.
package enum CounselWish: Sendable, Hashable {
    /// Arguments for a task whose tool refuses those it was given.
    case repair(TaskID, ToolFailure)
    /// Another way for a task that none of its candidates can do.
    case replan(TaskID, ToolFailure)

    package var task: TaskID {
        switch self {
        case .repair(let task, _), .replan(let task, _): task
        }
    }

    package var kind: CounselKind {
        switch self {
        case .repair: .repair
        case .replan: .replan
        }
    }

    var failure: ToolFailure {
        switch self {
        case .repair(_, let failure), .replan(_, let failure): failure
        }
    }
}

/// What somebody was asked about a task.
public enum CounselKind: String, Sendable, Hashable, CaseIterable {
    case repair, replan
}

/// What came of a wish.
package enum CounselAnswer: Sendable, Hashable {
    case repaired(ArgumentChange)
    case replanned(RunReplan)
    /// Nothing better; with who says so, and why.
    case nothing(by: String, because: String)
    /// Nobody answered, because the question was called back.
    case withdrawn

    /// The transition that says so; nil where there is nothing to say.
    func transition(for wish: CounselWish) -> RunTransition? {
        switch self {
        case .repaired(let change): .repaired(wish.task, change)
        case .replanned(let replan): .replanned(wish.task, replan)
        case .nothing(let by, let because): .unadvised(wish.task, wish.kind, by: by, because: because)
        case .withdrawn: nil
        }
    }
}

/// Which wishes can be fulfilled where a decision is made, and which others are seeing to.
package struct CounselOffer: Sendable, Hashable {
    package var repairs = false
    package var replans = false
    /// Tasks that somebody else is being asked about.
    package var pending: Set<TaskID> = []
    /// What is being asked here.
    package var asking: Set<CounselWish> = []

    package init(repairs: Bool = false, replans: Bool = false, pending: Set<TaskID> = []) {
        (self.repairs, self.replans, self.pending) = (repairs, replans, pending)
    }

    /// Whether a wish can be made now. One part of a plan is composed anew at a time: the next builds on it.
    func allows(_ wish: CounselWish, beside wishes: [CounselWish]) -> Bool {
        guard wish.kind == .replan else { return true }
        let others = (wishes + asking).filter { $0.kind == .replan && $0 != wish }
        return pending.isEmpty && others.isEmpty
    }
}

extension RunState {
    /// A wish still makes sense: its task stands as it did when it was made.
    func stillWants(_ wish: CounselWish) -> Bool {
        guard outcome == nil, !isCancelling, let position = graph.positions[wish.task.step],
            let task = steps[position].active[wish.task.element ?? 0], case .undecided(let failure) = task.phase
        else { return false }
        return failure == wish.failure
    }

    /// What comes of an answer now; nil where it came too late, or does not fit any more.
    func transition(for report: CounselReport) -> RunTransition? {
        guard stillWants(report.wish) else { return nil }
        if case .replanned(let replan) = report.answer {
            // A result that nobody seemed to need may have been let go in between.
            let isThere = Set(replan.steps.flatMap(\.usedSteps)).allSatisfy { id in
                graph.positions[id].map { steps[$0].end == nil || !steps[$0].values.isEmpty } ?? false
            }
            guard isThere, replannings < definition.options.recovery.replannings else { return nil }
        }
        return report.answer.transition(for: report.wish)
    }

    /// Number of the last attempt at a task; 0 where there was none.
    func attempts(at task: TaskID) -> Int {
        graph.positions[task.step].flatMap { steps[$0].active[task.element ?? 0] }?.attempts ?? 0
    }
}
