import SkillRetrieval

/// The edges of steps that nobody asked for: each serves the one step whose tool needs it.
struct LookUpEdges: Sendable, Hashable {
    /// Positions of the steps that the request asks for.
    let asked: [Int]
    private let edges: [EdgeFinder.Edge]

    /// Nil where the request asks for every step.
    init?(_ subtasks: [Subtask]) {
        asked = subtasks.indices.filter { subtasks[$0].origin.need == nil }
        guard asked.count < subtasks.count else { return nil }
        edges = subtasks.indices.compactMap { index in
            guard let need = subtasks[index].origin.need,
                let consumer = subtasks.firstIndex(where: { $0.id == need.step }), consumer > index
            else { return nil }
            return EdgeFinder.Edge(from: index, to: consumer, reason: EdgeReason(.dataFlow, cue: need.input))
        }
    }

    /// Edges between all steps as edges between those that were asked for.
    func amongAsked(_ edges: [(from: Int, to: Int)]?) -> [(from: Int, to: Int)]? {
        edges?.compactMap { edge in
            guard let from = asked.firstIndex(of: edge.from), let to = asked.firstIndex(of: edge.to) else { return nil }
            return (from, to)
        }
    }

    /// What was found among the steps that were asked for, with positions among all, and the edges of the others.
    func adding(to findings: EdgeFinder.Findings) -> EdgeFinder.Findings {
        EdgeFinder.Findings(
            edges: (findings.edges.map(placed) + edges).sorted { ($0.to, $0.from) < ($1.to, $1.from) },
            flows: findings.flows.map(placed) + edges
        )
    }

    private func placed(_ edge: EdgeFinder.Edge) -> EdgeFinder.Edge {
        EdgeFinder.Edge(from: asked[edge.from], to: asked[edge.to], reason: edge.reason)
    }
}
