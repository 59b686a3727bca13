import Glibc

/// The choice of one candidate per step, as numbers.
///
/// The value of an assignment is α · Σ relevance + (1 − α) · Σ compatibility · weight. An edge weighs one over the
/// larger of its producer's consumers and its consumer's producers, so that a step with many neighbours does not count
/// more than others.
struct SelectionProblem: Sendable {
    /// An edge between two steps and how well each pair of their candidates fits.
    struct Edge: Sendable {
        var from: Int
        var to: Int
        /// Rows by the producer's candidates, columns by the consumer's.
        var compatibility: [[Double]]
        var weight = 1.0
    }

    /// For each step the relevance of each candidate, 0…1; empty for steps without candidates.
    let relevance: [[Double]]
    let edges: [Edge]
    let alpha: Double
    /// For each step the edges that end or start there.
    let edgesAt: [[Int]]

    init(relevance: [[Double]], edges: [Edge], alpha: Double) {
        self.relevance = relevance
        self.alpha = alpha
        // An edge at a step without candidates says nothing about the other end.
        var kept = edges.filter { !relevance[$0.from].isEmpty && !relevance[$0.to].isEmpty }
        var producers = Array(repeating: 0, count: relevance.count)
        var consumers = producers
        for edge in kept {
            consumers[edge.from] += 1
            producers[edge.to] += 1
        }
        for index in kept.indices {
            kept[index].weight = 1 / Double(max(consumers[kept[index].from], producers[kept[index].to]))
        }
        var edgesAt: [[Int]] = Array(repeating: [], count: relevance.count)
        for (index, edge) in kept.enumerated() {
            edgesAt[edge.from].append(index)
            edgesAt[edge.to].append(index)
        }
        self.edges = kept
        self.edgesAt = edgesAt
    }

    /// Relevance of a step's scores: 1 for the best, falling exponentially with the distance to it.
    ///
    /// The distance is a share of the best score, so that cosines and other positive scores behave alike. A near tie
    /// keeps nearly full relevance and compatibility decides; a clear winner keeps its lead whatever fits.
    static func relevance(of scores: [Double], tolerance: Double) -> [Double] {
        guard let best = scores.max() else { return [] }
        let scale = tolerance * max(abs(best), 0.000_1)
        return scores.map { exp(($0 - best) / scale) }
    }

    /// Number of assignments; `Int.max` when it does not fit.
    var size: Int {
        relevance.reduce(1) { product, candidates in
            let (result, overflow) = product.multipliedReportingOverflow(by: max(1, candidates.count))
            return overflow ? Int.max : result
        }
    }

    /// The value of a whole assignment: for each step the index of its candidate, −1 for steps without.
    func value(of assignment: [Int]) -> Double {
        var value = 0.0
        for step in assignment.indices where assignment[step] >= 0 {
            value += alpha * relevance[step][assignment[step]]
        }
        for edge in edges { value += self.value(of: edge, assignment[edge.from], assignment[edge.to]) }
        return value
    }

    /// What an edge adds for a pair of candidates.
    func value(of edge: Edge, _ from: Int, _ to: Int) -> Double {
        (1 - alpha) * edge.weight * edge.compatibility[from][to]
    }

    /// What a step adds to an assignment of the steps before it in an order: its relevance, and the edges to them.
    func gain(of candidate: Int, at step: Int, given assignment: [Int]) -> Double {
        var gain = alpha * relevance[step][candidate]
        for index in edgesAt[step] {
            let edge = edges[index]
            if edge.to == step, assignment[edge.from] >= 0 {
                gain += value(of: edge, assignment[edge.from], candidate)
            } else if edge.from == step, assignment[edge.to] >= 0 {
                gain += value(of: edge, candidate, assignment[edge.to])
            }
        }
        return gain
    }
}
