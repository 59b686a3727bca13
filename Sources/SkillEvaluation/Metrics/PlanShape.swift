/// The part of a plan that its structural validity depends on.
package struct PlanShape: Sendable, Hashable {
    /// Skill of each step; nil where the plan abstains, which is valid.
    package var skills: [String?]
    package var edges: [StepEdge]
    /// Which step's output each step reads in its arguments.
    package var reads: [StepEdge]

    package init(skills: [String?], edges: [StepEdge], reads: [StepEdge] = []) {
        self.skills = skills
        self.edges = edges
        self.reads = reads
    }

    /// Everything that keeps the plan from being run as it stands; empty for a valid plan.
    ///
    /// - Parameter isKnown: Whether the library has a skill.
    package func faults(isKnown: (String) -> Bool) -> [PlanFault] {
        guard !skills.isEmpty else { return [.noSteps] }
        var faults: [PlanFault] = []
        for (step, skill) in skills.enumerated() {
            if let skill, !isKnown(skill) { faults.append(.unknownSkill(step: step, skill: skill)) }
        }
        let inRange = edges.filter { skills.indices.contains($0.producer) && skills.indices.contains($0.consumer) }
        faults += edges.filter { !inRange.contains($0) }.map { .edgeOutOfRange($0) }
        let graph = StepGraph(steps: skills.count, edges: inRange)
        if !graph.isAcyclic { faults.append(.cycle) }
        faults += reads.filter { !graph.descendants(of: $0.producer).contains($0.consumer) }
            .map { .readBeforeProduced($0) }
        return faults
    }
}

/// Why a plan cannot be run as it stands.
package enum PlanFault: Sendable, Hashable {
    case noSteps
    /// A selected skill that the library does not have.
    case unknownSkill(step: Int, skill: String)
    case edgeOutOfRange(StepEdge)
    /// Edges that no order of the steps satisfies; an edge from a step to itself is one.
    case cycle
    /// A step reads an output of a step that no path of edges makes it wait for.
    case readBeforeProduced(StepEdge)
}
