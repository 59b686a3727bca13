import JSONSchema
public import SkillCatalog

/// Checks a plan before it runs: its shape, its references, and that what it calls exists.
public struct PlanValidator: Sendable {
    private let skill: @Sendable (String) -> Skill?

    /// - Parameter skill: looks up a skill by the library's id.
    public init(skill: @escaping @Sendable (String) -> Skill?) {
        self.skill = skill
    }

    /// - Parameter skills: the skills the plan may use, by id.
    public init(skills: [String: Skill]) {
        self.init { skills[$0] }
    }

    /// Everything that is wrong with the plan, shape first; empty when it may run.
    public func validate(_ plan: Plan) -> [PlanFault] {
        let references = ReferenceCheck(plan, tool: tool)
        return shapeFaults(plan)
            + plan.steps.flatMap { step in
                toolFaults(step, plan) + references.faults(of: step)
            }
            + flowFaults(plan)
    }

    private func tool(of step: PlanStep) -> Tool? {
        guard let id = step.skill, let name = step.tool else { return nil }
        return skill(id)?.tool(named: name)
    }

    private func shapeFaults(_ plan: Plan) -> [PlanFault] {
        var faults: [PlanFault] = []
        var ids: Set<String> = []
        for step in plan.steps where !ids.insert(step.id).inserted { faults.append(.duplicateStep(step.id)) }
        for step in plan.steps {
            for dependency in step.dependsOn where !ids.contains(dependency) {
                faults.append(.unknownDependency(step: step.id, dependency: dependency))
            }
        }
        let graph = StepGraph(plan)
        if let cycle = graph.cycle {
            faults.append(.cycle(cycle.map { plan.steps[$0].id }))
        } else {
            faults += graph.transitiveEdges.map {
                .transitiveDependency(step: plan.steps[$0.to].id, dependency: plan.steps[$0.from].id)
            }
        }
        for question in plan.questions where !ids.contains(question.step) {
            faults.append(.questionForUnknownStep(step: question.step, argument: question.argument))
        }
        return faults
    }

    private func toolFaults(_ step: PlanStep, _ plan: Plan) -> [PlanFault] {
        let asked = Set(plan.questions.lazy.filter { $0.step == step.id }.map(\.argument))
        var faults: [PlanFault] = []
        if step.condition?.left == .null, !asked.contains(PlanQuestion.conditionSide) {
            faults.append(.unboundCondition(step: step.id))
        }
        guard let id = step.skill else { return faults }
        guard let skill = skill(id) else { return faults + [.unknownSkill(step: step.id, skill: id)] }
        guard let name = step.tool else { return faults }
        guard let tool = skill.tool(named: name) else {
            return faults + [.unknownTool(step: step.id, skill: id, tool: name)]
        }
        return faults + argumentFaults(step, tool, asked: asked)
    }

    private func argumentFaults(_ step: PlanStep, _ tool: Tool, asked: Set<String>) -> [PlanFault] {
        guard let schema = tool.inputSchema, let ports = SchemaPorts.inputs(schema) else { return [] }
        let bound = step.arguments ?? [:]
        var faults: [PlanFault] = []
        // A schema whose members come by pattern, or from elsewhere, may allow what it does not list.
        if schema["additionalProperties"] == false, schema["patternProperties"] == nil {
            for argument in bound.keys where !ports.contains(where: { $0.name == argument }) {
                faults.append(.unknownArgument(step: step.id, argument: argument, tool: tool.name))
            }
        }
        for port in ports where port.isRequired && bound[port.name] == nil && !asked.contains(port.name) {
            faults.append(.unboundArgument(step: step.id, argument: port.name, tool: tool.name))
        }
        guard let schema = ArgumentSchema(tool) else { return faults }
        for (argument, value) in bound where ports.contains(where: { $0.name == argument }) {
            if let problem = schema.problem(with: value, as: argument) {
                faults.append(.argumentOfWrongType(step: step.id, argument: argument, problem: problem))
            }
        }
        return faults
    }

    /// What a person changed may have opened a way for private data that nobody has flagged.
    private func flowFaults(_ plan: Plan) -> [PlanFault] {
        let found = PrivateFlow.flags(plan, skill: skill)
        let known = plan.flags.filter { flag in !found.contains { $0.from == flag.from && $0.to == flag.to } }
        return (found + known).map { .privateDataToPublic($0) }
    }
}
