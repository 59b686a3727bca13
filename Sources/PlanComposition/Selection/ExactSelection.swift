/// Finds the best assignment by branch and bound.
enum ExactSelection {
    /// The best assignment; of equals the one with the better candidates in earlier steps.
    static func solve(_ problem: SelectionProblem) -> [Int] {
        var search = Search(problem)
        search.descend(to: 0, value: 0)
        return search.best
    }

    private struct Search {
        let problem: SelectionProblem
        /// Most that the steps from this one on can still add.
        let optimum: [Double]
        var assignment: [Int]
        var best: [Int]
        var bestValue = -Double.infinity

        init(_ problem: SelectionProblem) {
            self.problem = problem
            let steps = problem.relevance.count
            assignment = Array(repeating: -1, count: steps)
            best = assignment
            var optimum = Array(repeating: 0.0, count: steps + 1)
            for step in stride(from: steps - 1, through: 0, by: -1) {
                optimum[step] = optimum[step + 1] + problem.alpha * (problem.relevance[step].max() ?? 0)
                // Each edge is counted at its later end, where its value becomes known.
                for index in problem.edgesAt[step] {
                    let edge = problem.edges[index]
                    guard max(edge.from, edge.to) == step else { continue }
                    let most = edge.compatibility.lazy.compactMap { $0.max() }.max() ?? 0
                    optimum[step] += (1 - problem.alpha) * edge.weight * most
                }
            }
            self.optimum = optimum
        }

        mutating func descend(to step: Int, value: Double) {
            guard step < assignment.count else {
                // The margin keeps rounding from preferring a later, equal assignment.
                if value > bestValue + 1e-12 {
                    bestValue = value
                    best = assignment
                }
                return
            }
            guard value + optimum[step] > bestValue + 1e-12 else { return }
            guard !problem.relevance[step].isEmpty else { return descend(to: step + 1, value: value) }
            for candidate in problem.relevance[step].indices {
                let gain = problem.gain(of: candidate, at: step, given: assignment)
                assignment[step] = candidate
                descend(to: step + 1, value: value + gain)
                assignment[step] = -1
            }
        }
    }
}
