extension Plan {
    /// The steps by the earliest moment each can run: a step is in the first group after all it depends on.
    ///
    /// The steps of one group need nothing from each other and run in parallel. Steps on a cycle, which only an invalid
    /// plan has, come together in a last group.
    public var groups: [[String]] {
        let graph = StepGraph(self)
        var groups: [[String]] = Array(repeating: [], count: (graph.levels.compactMap(\.self).max() ?? -1) + 1)
        var stuck: [String] = []
        for (step, level) in zip(steps, graph.levels) {
            if let level { groups[level].append(step.id) } else { stuck.append(step.id) }
        }
        return stuck.isEmpty ? groups : groups + [stuck]
    }
}

extension StepGraph {
    /// The graph of a plan's steps by position; dependencies on steps that do not exist are left out.
    init(_ plan: Plan) {
        let positions = Dictionary(
            plan.steps.enumerated().map { ($1.id, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        self.init(count: plan.steps.count)
        for (position, step) in plan.steps.enumerated() {
            for id in step.dependsOn {
                if let target = positions[id] { insert(from: target, to: position) }
            }
        }
    }
}
