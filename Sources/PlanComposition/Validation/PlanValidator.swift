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
        let shape = shapeFaults(plan)
        let graph = StepGraph(plan)
        let positions = Dictionary(plan.steps.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        return shape
            + plan.steps.flatMap { step in
                toolFaults(step, plan) + referenceFaults(step, graph, positions)
            }
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
        guard let id = step.skill else { return [] }
        guard let skill = skill(id) else { return [.unknownSkill(step: step.id, skill: id)] }
        guard let name = step.tool else { return [] }
        guard let tool = skill.tool(named: name) else {
            return [.unknownTool(step: step.id, skill: id, tool: name)]
        }
        guard let schema = tool.inputSchema, let ports = SchemaPorts.inputs(schema) else { return [] }
        let asked = Set(plan.questions.lazy.filter { $0.step == step.id }.map(\.argument))
        let bound = step.arguments ?? [:]
        var faults: [PlanFault] = []
        // A schema whose members come by pattern, or from elsewhere, may allow what it does not list.
        if schema["additionalProperties"] == false, schema["patternProperties"] == nil {
            for argument in bound.keys where !ports.contains(where: { $0.name == argument }) {
                faults.append(.unknownArgument(step: step.id, argument: argument, tool: name))
            }
        }
        for port in ports where port.isRequired && bound[port.name] == nil && !asked.contains(port.name) {
            faults.append(.unboundArgument(step: step.id, argument: port.name, tool: name))
        }
        return faults
    }

    private func referenceFaults(_ step: PlanStep, _ graph: StepGraph, _ positions: [String: Int]) -> [PlanFault] {
        var faults: [PlanFault] = []
        for (argument, value) in step.referringValues {
            for reading in OutputReference.all(in: value) {
                switch reading {
                case .literal: continue
                case .malformed(let why):
                    faults.append(.malformedReference(step: step.id, argument: argument, why: why))
                case .reference(let reference):
                    guard let target = positions[reference.step], let own = positions[step.id] else {
                        faults.append(.unknownReference(step: step.id, argument: argument, target: reference.step))
                        continue
                    }
                    if !graph.reaches(target, own) {
                        faults.append(
                            .referenceWithoutDependency(step: step.id, argument: argument, target: reference.step)
                        )
                    }
                }
            }
        }
        return faults
    }
}

extension PlanStep {
    /// Everything of the step that may refer to earlier steps, by the name messages call it.
    fileprivate var referringValues: [(String, JSONValue)] {
        var values = (arguments ?? [:]).map { ($0.key, $0.value) }
        if let forEach { values.append(("for_each", forEach.list)) }
        if let condition {
            values.append(("when", condition.left))
            if let right = condition.right { values.append(("when", right)) }
        }
        return values
    }
}
