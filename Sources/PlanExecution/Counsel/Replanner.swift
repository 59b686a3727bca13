package import JSONSchema
package import PlanComposition
package import SkillCatalog
import SkillRetrieval

/// Finds another way for a step that none of its candidates can do, and for the steps behind it.
package protocol Replanner: Sendable {
    /// What the report calls it.
    var name: String { get }

    /// The whole plan with the steps that may change composed anew.
    ///
    /// - Throws: `ReplanRefusal` where nothing better is known.
    func replan(_ request: ReplanRequest) async throws -> ReplanProposal
}

/// A plan that came to a dead end.
package struct ReplanRequest: Sendable {
    package var plan: Plan
    /// Id of the step that cannot be done.
    package var step: String
    /// What the step is known to get: its arguments, and what a person answered.
    package var arguments: JSONObject
    /// `skill.tool` of everything that failed at it.
    package var failed: Set<String>
    /// Why the last one did.
    package var failure: ToolFailure
    /// Ids of the steps that may change: that one, and those behind it, none of which has begun.
    package var changeable: Set<String>
    /// Ids of finished steps whose results are still there to be used.
    package var kept: Set<String>
    /// The tools that did, or do, the steps that stay as they are, by id of the step.
    package var used: [String: UsedTool]
    /// What the run knows of skills, by id.
    package var skills: [String: Skill]
    /// Whether a tool can be called here.
    package var canInvoke: @Sendable (Tool, Skill) -> Bool

    package struct UsedTool: Sendable, Hashable {
        package var skill: String
        package var tool: String
    }
}

/// What a replanner has found.
package struct ReplanProposal: Sendable {
    /// The same steps, by id and order.
    package var plan: Plan
    /// Every skill that a changed step names, by id.
    package var skills: [String: Skill]

    package init(plan: Plan, skills: [String: Skill]) { (self.plan, self.skills) = (plan, skills) }
}

/// Nothing better is known, or what was proposed cannot be done.
package struct ReplanRefusal: Error, Sendable, Hashable {
    package var reason: String

    package init(_ reason: String) { self.reason = reason }
}

extension ReplanRequest {
    /// Nil for a task that is no step of its own, or does not stand as it should.
    init?(
        _ task: TaskID,
        _ failure: ToolFailure,
        _ state: RunState,
        canInvoke: @escaping @Sendable (Tool, Skill) -> Bool
    ) {
        guard task.element == nil, let own = state.graph.positions[task.step], state.steps[own].isSingle,
            let known = state.steps[own].active[0]
        else { return nil }
        plan = state.definition.plan
        step = task.step
        arguments = plan.steps[own].arguments ?? [:]
        for (name, value) in known.answers { arguments[name] = value }
        failed = Set(known.abandoned + [known.qualifiedName])
        self.failure = failure
        changeable = state.changeable(behind: own)
        kept = Set(
            state.steps.indices.filter { state.steps[$0].result != nil && !state.steps[$0].values.isEmpty }
                .map { state.definition.plan.steps[$0].id }
        )
        used = [:]
        for (position, step) in plan.steps.enumerated() where !changeable.contains(step.id) {
            used[step.id] = state.usedTool(position)
        }
        skills = state.definition.skills
        self.canInvoke = canInvoke
    }
}

extension RunState {
    /// A step, and those behind it, none of which has begun.
    func changeable(behind own: Int) -> Set<String> {
        var seen: Set<Int> = [own]
        var open = [own]
        while let position = open.popLast() {
            let next = graph.dependants[position].filter { steps[$0].end == nil && !steps[$0].hasBegun }
            open += next.filter { seen.insert($0).inserted }
        }
        return Set(seen.map { definition.plan.steps[$0].id })
    }

    fileprivate func usedTool(_ position: Int) -> ReplanRequest.UsedTool? {
        let step = definition.plan.steps[position]
        if let fallback = steps[position].fallback {
            let candidate = step.candidates.first { "\($0.skill).\($0.tool ?? "")" == fallback }
            if let candidate, let tool = candidate.tool {
                return ReplanRequest.UsedTool(skill: candidate.skill, tool: tool)
            }
        }
        return step.skill.flatMap { skill in step.tool.map { ReplanRequest.UsedTool(skill: skill, tool: $0) } }
    }
}

extension StepState {
    /// At least one of its tasks was begun.
    var hasBegun: Bool { !active.isEmpty || nextElement > 0 }
}
