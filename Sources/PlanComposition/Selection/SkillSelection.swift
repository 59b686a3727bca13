import SkillCatalog
import SkillRetrieval

/// Chooses a candidate for every step of a plan.
struct SkillSelection {
    let options: CompositionOptions

    /// For each step the index of the chosen candidate; nil where there is none to choose from.
    ///
    /// - Parameter candidates: those that may be chosen, best first.
    /// - Parameter signatures: one for each candidate.
    /// - Parameter fits: how each suits the words of its step; nil where nothing is known.
    /// - Parameter flows: between which steps something flows; where nothing flows, there is nothing to fit.
    func choose(
        _ candidates: [[Candidate]],
        signatures: [[IOSignature]],
        fits: [[CandidateFit?]]? = nil,
        flows: [EdgeFinder.Edge]
    ) -> [Int?] {
        let relevance = candidates.indices.map { step in
            let scores = candidates[step].map(\.score)
            let fits = fits?[step] ?? []
            return fits.contains { $0 != nil }
                ? SelectionWeights.standard.relevance(of: scores, fits)
                : SelectionProblem.relevance(of: scores, tolerance: options.relevanceTolerance)
        }
        let edges = flows.map { edge in
            SelectionProblem.Edge(
                from: edge.from,
                to: edge.to,
                compatibility: signatures[edge.from].enumerated().map { from, producer in
                    signatures[edge.to].enumerated().map { to, consumer in
                        let score = Compatibility.score(producer: producer, consumer: consumer) ?? Compatibility.neutral
                        // "Generate a password and send the password" finds what generates passwords twice.
                        let isSame = candidates[edge.from][from].isSameTool(as: candidates[edge.to][to])
                        let isKnown = fits?[edge.to][to] != nil
                        return isSame && isKnown ? score + SelectionWeights.standard.sameTool : score
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

extension Candidate {
    fileprivate func isSameTool(as other: Candidate) -> Bool { skill == other.skill && tool == other.tool }
}
