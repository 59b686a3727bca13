public import PlanComposition
package import SkillCatalog

/// Steps that were composed anew while their run was under way.
public struct RunReplan: Sendable, Hashable {
    /// The steps that changed: the one that failed, and steps behind it; ids stay.
    public var steps: [PlanStep]
    /// What a person has to answer about them.
    public var questions: [PlanQuestion]
    /// What a person has to agree to, in the whole plan.
    public var flags: [PlanFlag]
    /// What they need of skills.
    package var skills: [Skill]
    /// Hashes of the folders of these skills, by id.
    package var fingerprints: [String: String]
    /// Who found the new way.
    public var author: String
    /// Why it was looked for.
    public var because: String

    package init(
        steps: [PlanStep],
        questions: [PlanQuestion] = [],
        flags: [PlanFlag] = [],
        skills: [Skill] = [],
        fingerprints: [String: String] = [:],
        author: String,
        because: String
    ) {
        (self.steps, self.questions, self.flags) = (steps, questions, flags)
        (self.skills, self.fingerprints) = (skills, fingerprints)
        (self.author, self.because) = (author, because)
    }
}

extension RunState {
    /// Takes a new part of the plan in; finished steps, and what they returned, stay.
    mutating func replan(_ task: TaskID, _ replan: RunReplan) throws(RunStoreError) {
        guard task.element == nil, let own = graph.positions[task.step], steps[own].end == nil else {
            throw .damaged(run: definition.id, "\(task) was planned anew, which cannot be")
        }
        let changeable = changeable(behind: own)
        let before = steps[own]
        for step in replan.steps {
            guard changeable.contains(step.id), let position = graph.positions[step.id] else {
                throw .damaged(run: definition.id, "the step \(step.id) was planned anew after it had begun")
            }
            definition.plan.steps[position] = step
            steps[position] = StepState(isSingle: step.forEach == nil, waitsFor: 0, uses: 0)
        }
        let ids = Set(replan.steps.map(\.id))
        definition.plan.questions = definition.plan.questions.filter { !ids.contains($0.step) } + replan.questions
        definition.plan.flags = replan.flags
        for skill in replan.skills {
            definition.skills[skill.id] = definition.skills[skill.id]?.adding(skill.tools) ?? skill
        }
        definition.fingerprints.merge(replan.fingerprints) { known, _ in known }
        graph = RunGraph(definition.plan)
        recount()

        steps[own].isReplanned = true
        steps[own].startedAt = before.startedAt
        if let failed = before.active[0], steps[own].isSingle {
            var next = TaskState(planned: definition.plan.steps[own])
            next.attempts = failed.attempts
            next.abandoned = failed.abandoned + [failed.qualifiedName]
            steps[own].active[0] = next
            steps[own].nextElement = 1
        }
        replannings += 1
    }

    /// Who waits for whom, by the graph as it is now.
    private mutating func recount() {
        var uses = Array(repeating: 0, count: steps.count)
        for position in steps.indices where steps[position].end == nil {
            for source in graph.sources[position] { uses[source] += 1 }
        }
        for position in steps.indices {
            steps[position].usesLeft = uses[position]
            steps[position].waitsFor = graph.dependencies[position].count { steps[$0].end == nil }
        }
        open = Set(steps.indices.filter { steps[$0].end == nil && steps[$0].waitsFor == 0 })
    }
}
