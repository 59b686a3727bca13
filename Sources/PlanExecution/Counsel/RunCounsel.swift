import SkillCatalog

/// Whom a run may ask when its own rules are at an end.
package struct RunCounsel: Sendable {
    /// Finds arguments for a tool that refuses those it was given; nil where no model is configured.
    package var repair: ModelRepair?
    /// Finds another way for a step; nil where there is no library to look in.
    package var replanner: (any Replanner)?

    package init(repair: ModelRepair? = nil, replanner: (any Replanner)? = nil) {
        (self.repair, self.replanner) = (repair, replanner)
    }

    var offer: CounselOffer { CounselOffer(repairs: repair != nil, replans: replanner != nil) }

    /// Fulfils a wish of a run, as far as that can be done.
    ///
    /// - Parameter canInvoke: whether a tool can be called here.
    func answer(
        _ wish: CounselWish,
        of state: RunState,
        canInvoke: @escaping @Sendable (Tool, Skill) -> Bool
    ) async -> CounselAnswer {
        let answer =
            switch wish {
            case .repair(let task, let failure): await repaired(task, failure, state)
            case .replan(let task, let failure): await replanned(task, failure, state, canInvoke)
            }
        return Task.isCancelled ? .withdrawn : answer
    }

    private func repaired(_ task: TaskID, _ failure: ToolFailure, _ state: RunState) async -> CounselAnswer {
        guard let repair, let question = RepairQuestion(task, failure, state) else {
            return .nothing(by: "skillweaver", because: "the tool says nothing about what it takes")
        }
        return await repair.answer(question)
    }

    private func replanned(
        _ task: TaskID,
        _ failure: ToolFailure,
        _ state: RunState,
        _ canInvoke: @escaping @Sendable (Tool, Skill) -> Bool
    ) async -> CounselAnswer {
        guard let replanner, let request = ReplanRequest(task, failure, state, canInvoke: canInvoke) else {
            return .nothing(by: "skillweaver", because: "only a step that runs once is planned anew")
        }
        do {
            let proposal = try await replanner.replan(request)
            return .replanned(try ReplanCheck(request, state).accepted(proposal, by: replanner.name))
        } catch let error as ReplanRefusal {
            return .nothing(by: replanner.name, because: error.reason)
        } catch {
            return .nothing(by: replanner.name, because: MessageCleaning.cut("\(error)", to: 500))
        }
    }
}
