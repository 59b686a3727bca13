/// Which segments of a request are the heads of its gold steps.
///
/// The segments are cut into as many groups of neighbours as there are steps, in order, so that the sum over the steps of
/// their closeness to the best segment of their group is largest; that segment is the step's head.
package enum HeadAlignment {
    /// What is added where the rules see an action: a group's object can be as close to the step as its verb.
    private static let actionBonus = 0.15

    /// - Parameters:
    ///   - similarity: One row for each step, one cosine for each segment.
    ///   - isAction: What the rules say of each segment.
    ///   - inOrder: Whether the steps are known to come in the order of the request; else their reverse is tried as well.
    /// - Returns: One segment for each step, ascending; nothing where there are more steps than segments.
    package static func heads(similarity: [[Double]], isAction: [Bool], inOrder: Bool) -> [Int] {
        guard !similarity.isEmpty, similarity.count <= isAction.count else { return [] }
        let scores = similarity.map { row in zip(row, isAction).map { $0 + ($1 ? actionBonus : 0) } }
        let straight = best(scores)
        guard !inOrder else { return straight.heads }
        let reversed = best(scores.reversed())
        return reversed.score > straight.score ? reversed.heads : straight.heads
    }

    /// The best heads of all steps in the order given.
    private static func best(_ scores: [[Double]]) -> (score: Double, heads: [Int]) {
        let segments = scores[0].count
        /// For each number of leading segments, the best cut into as many groups as steps were seen.
        var solutions: [(score: Double, heads: [Int])?] = [(0, [])] + Array(repeating: nil, count: segments)
        for row in scores {
            var next: [(score: Double, heads: [Int])?] = Array(repeating: nil, count: segments + 1)
            for end in 1...segments {
                var head = end - 1
                for start in (0..<end).reversed() {
                    if row[start] >= row[head] { head = start }
                    guard let before = solutions[start] else { continue }
                    let score = before.score + row[head]
                    if score > next[end]?.score ?? -.infinity { next[end] = (score, before.heads + [head]) }
                }
            }
            solutions = next
        }
        return solutions[segments] ?? (0, [])
    }
}
