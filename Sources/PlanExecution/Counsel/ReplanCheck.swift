import PlanComposition
import SkillCatalog

/// Holds a replanner to what it may do: change the step that failed and what is behind it, to something that can run.
struct ReplanCheck {
    private let request: ReplanRequest
    private let state: RunState

    init(_ request: ReplanRequest, _ state: RunState) { (self.request, self.state) = (request, state) }

    /// The change, as the journal keeps it.
    func accepted(_ proposal: ReplanProposal, by author: String) throws(ReplanRefusal) -> RunReplan {
        var plan = proposal.plan
        let skills = request.skills.merging(proposal.skills) { known, new in known.adding(new.tools) }
        let changed = try changedSteps(plan)
        for step in changed { try check(step, skills) }
        plan.flags = PrivateFlow.flags(plan) { skills[$0] }
        let faults = PlanValidator(skills: skills).validate(plan).filter { $0.severity == .error }
        guard faults.isEmpty else {
            throw ReplanRefusal("the new plan cannot run: \(faults.map(\.description).joined(separator: "; "))")
        }
        let ids = Set(changed.map(\.id))
        let questions = plan.questions.filter { ids.contains($0.step) }
        let constructs = [PlanQuestion.conditionSide, PlanQuestion.fanOutList]
        if let open = questions.first(where: { constructs.contains($0.argument) }) {
            throw ReplanRefusal("the new plan leaves something open that cannot be asked now: \(open.text)")
        }
        let used = RunPreparation(skills: skills, canInvoke: request.canInvoke).usedSkills(changed)
        return RunReplan(
            steps: changed,
            questions: questions,
            flags: plan.flags,
            skills: used.values.sorted { $0.id < $1.id },
            fingerprints: used.compactMapValues(SkillFingerprint.of),
            author: author,
            because: request.failure.message
        )
    }

    private func changedSteps(_ plan: Plan) throws(ReplanRefusal) -> [PlanStep] {
        guard plan.steps.map(\.id) == request.plan.steps.map(\.id) else {
            throw ReplanRefusal("the new plan has other steps")
        }
        let changed = zip(request.plan.steps, plan.steps).filter { $0 != $1 }.map(\.1)
        if let fixed = changed.first(where: { !request.changeable.contains($0.id) }) {
            throw ReplanRefusal("the new plan changes \(fixed.id), which has begun")
        }
        guard let own = changed.first(where: { $0.id == request.step }), let name = own.qualifiedName,
            !request.failed.contains(name)
        else { throw ReplanRefusal("the new plan has no other tool for \(request.step)") }
        return changed
    }

    private func check(_ step: PlanStep, _ skills: [String: Skill]) throws(ReplanRefusal) {
        guard let skill = step.skill.flatMap({ skills[$0] }), let tool = step.tool.flatMap(skill.tool(named:)) else {
            throw ReplanRefusal("no skill was found for \(step.id)")
        }
        guard request.canInvoke(tool, skill) else {
            throw ReplanRefusal("\(skill.id).\(tool.name), found for \(step.id), cannot be called from here")
        }
        for source in Set(step.usedSteps + (step.id == request.step ? step.dependsOn : [])) {
            let isOpen = state.graph.positions[source].map { state.steps[$0].end == nil } ?? false
            let isThere = request.kept.contains(source)
            // The step that failed has begun, so that everything it uses must be there.
            guard isThere || (isOpen && step.id != request.step) || waitsOnly(step, for: source) else {
                throw ReplanRefusal("\(step.id) would use the result of \(source), which is not there any more")
            }
        }
    }

    /// The step waited for that one before, and does not use its result.
    private func waitsOnly(_ step: PlanStep, for source: String) -> Bool {
        let isKnown = request.plan.step(step.id)?.dependsOn.contains(source) ?? false
        return isKnown && !step.usedSteps.contains(source)
    }
}

extension Skill {
    /// The skill with tools that it did not have.
    func adding(_ more: [Tool]) -> Skill {
        var skill = self
        skill.tools += more.filter { tool(named: $0.name) == nil }
        return skill
    }
}
