/// Finds a good assignment by keeping the best partial ones, step by step.
enum BeamSelection {
    /// The best assignment among those that stayed in a beam of this width; a width of 1 is the greedy choice.
    static func solve(_ problem: SelectionProblem, order: [Int], width: Int) -> [Int] {
        var beam = [(assignment: Array(repeating: -1, count: problem.relevance.count), value: 0.0)]
        for step in order where !problem.relevance[step].isEmpty {
            var next: [(assignment: [Int], value: Double)] = []
            for partial in beam {
                for candidate in problem.relevance[step].indices {
                    var assignment = partial.assignment
                    let gain = problem.gain(of: candidate, at: step, given: assignment)
                    assignment[step] = candidate
                    next.append((assignment, partial.value + gain))
                }
            }
            // A stable sort: of equals the better candidates of earlier steps stay in front.
            beam = Array(
                next.enumerated().sorted { ($1.element.value, $0.offset) < ($0.element.value, $1.offset) }
                    .prefix(width).map(\.element)
            )
        }
        return beam.first?.assignment ?? []
    }
}
