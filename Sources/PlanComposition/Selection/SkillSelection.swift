import SkillCatalog
import SkillRetrieval

/// Chooses a candidate for every step of a plan.
struct SkillSelection {
    let options: CompositionOptions

    /// For each step the index of the chosen candidate; nil where there is none to choose from.
    ///
    /// - Parameter candidates: those that may be chosen, best first.
    /// - Parameter signatures: one for each candidate.
    /// - Parameter flows: between which steps something flows; where nothing flows, there is nothing to fit.
    func choose(
        _ candidates: [[Candidate]],
        signatures: [[IOSignature]],
        flows: [EdgeFinder.Edge]
    ) -> [Int?] {
        let relevance = candidates.map {
            SelectionProblem.relevance(of: $0.map(\.score), tolerance: options.relevanceTolerance)
        }
        let edges = flows.map { edge in
            SelectionProblem.Edge(
                from: edge.from,
                to: edge.to,
                compatibility: signatures[edge.from].map { producer in
                    signatures[edge.to].map { consumer in
                        Compatibility.score(producer: producer, consumer: consumer) ?? Compatibility.neutral
                    }
                }
            )
        }
        let problem = SelectionProblem(relevance: relevance, edges: edges, alpha: options.alpha)
        return solve(problem).map { $0 >= 0 ? $0 : nil }
    }

    private func solve(_ problem: SelectionProblem) -> [Int] {
        let textOrder = Array(problem.relevance.indices)
        switch options.selection {
        case .greedy: return BeamSelection.solve(problem, order: textOrder, width: 1)
        case .joint where problem.size <= options.exactLimit: return ExactSelection.solve(problem)
        case .joint: return BeamSelection.solve(problem, order: textOrder, width: options.beamWidth)
        }
    }
}
