import JSONSchema
package import SkillCatalog

/// Finds the ways on which private data reach others, and the steps they reach.
package enum PrivateFlow {
    /// One flag for each pair of a private source and a public sink that data flow between, directly or through others.
    ///
    /// - Parameter skill: looks up a skill by the library's id.
    package static func flags(_ plan: Plan, skill: (String) -> Skill?) -> [PlanFlag] {
        let reaches = plan.steps.map { reach(of: $0, skill) }
        guard reaches.contains(where: { $0?.source != nil }), reaches.contains(where: { $0?.sink != nil }) else {
            return []
        }
        let flow = DataFlow(plan)
        var flags: [PlanFlag] = []
        for (from, source) in reaches.enumerated() {
            guard let secret = source?.source else { continue }
            // What an earlier step of the plan has written is no secret of the machine's owner.
            if secret.kind == .local, !flow.graph.predecessors[from].isEmpty { continue }
            for to in flow.graph.reachable(from: from).sorted() {
                guard let word = reaches[to]?.sink else { continue }
                flags.append(flag(plan.steps[from], secret.word, plan.steps[to], word))
            }
        }
        return flags
    }

    /// Ids of the steps whose results may hold private data: those that read them, and those the data flow through.
    package static func carriers(_ plan: Plan, skill: (String) -> Skill?) -> Set<String> {
        let reaches = plan.steps.map { reach(of: $0, skill) }
        guard reaches.contains(where: { $0?.source != nil }) else { return [] }
        let flow = DataFlow(plan)
        var carriers: Set<String> = []
        for (position, reach) in reaches.enumerated() {
            guard let secret = reach?.source else { continue }
            if secret.kind == .local, !flow.graph.predecessors[position].isEmpty { continue }
            carriers.insert(plan.steps[position].id)
            carriers.formUnion(flow.graph.reachable(from: position).map { plan.steps[$0].id })
        }
        return carriers
    }

    private static func flag(_ from: PlanStep, _ noun: String, _ to: PlanStep, _ verb: String) -> PlanFlag {
        PlanFlag(
            .privateToPublic,
            from: from.id,
            to: to.id,
            why: "what \(from.id) (\(from.qualifiedName ?? "")) reads may be private (\(noun)), and "
                + "\(to.id) (\(to.qualifiedName ?? "")) passes it on to others (\(verb))"
        )
    }

    private static func reach(of step: PlanStep, _ skill: (String) -> Skill?) -> DataReach? {
        guard let skill = step.skill.flatMap(skill) else { return nil }
        guard let name = step.tool else { return DataReach(skill) }
        return skill.tool(named: name).map { DataReach($0, of: skill) }
    }
}

/// Between which steps of a plan data flow: by the references of their arguments, and by the wording of the request.
private struct DataFlow {
    private(set) var graph: StepGraph

    init(_ plan: Plan) {
        graph = StepGraph(count: plan.steps.count)
        let positions = Dictionary(plan.steps.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        for (position, step) in plan.steps.enumerated() {
            var sources = step.dependsOn.filter { step.reasons[$0]?.carriesData ?? false }
            for (_, value) in step.referringValues {
                for case .reference(let reference) in OutputReference.all(in: value) { sources.append(reference.step) }
            }
            for source in sources.compactMap({ positions[$0] }) where source != position {
                graph.insert(from: source, to: position)
            }
        }
    }
}
