import SkillEvaluation
import Testing

@Suite("The Hungarian algorithm")
struct AssignmentProblemTests {
    private func columns(_ weights: [[Double]]) -> [Int] { AssignmentProblem.pairs(maximizing: weights).map(\.column) }

    private func total(_ weights: [[Double]]) -> Double {
        AssignmentProblem.pairs(maximizing: weights).reduce(0) { $0 + weights[$1.row][$1.column] }
    }

    // Reference: scipy.optimize.linear_sum_assignment(matrix, maximize=True), SciPy 1.17.1.

    @Test("A square matrix is solved as SciPy solves it")
    func square() {
        let weights: [[Double]] = [
            [81, 8, 17, 23, 18, 80], [86, 58, 3, 9, 33, 43], [62, 47, 26, 15, 69, 73], [3, 11, 45, 39, 88, 51],
            [42, 43, 66, 58, 17, 73], [75, 95, 78, 28, 31, 64],
        ]
        #expect(columns(weights) == [5, 0, 1, 4, 3, 2])
        #expect(total(weights) == 437)
    }

    @Test("A matrix with more columns than rows is solved as SciPy solves it")
    func wide() {
        let weights: [[Double]] = [
            [65, 69, 86, 29, 93, 0, 7], [97, 94, 29, 13, 31, 4, 89], [66, 58, 24, 47, 19, 77, 47],
            [3, 25, 70, 51, 37, 25, 9],
        ]
        #expect(columns(weights) == [4, 0, 5, 2])
        #expect(total(weights) == 337)
    }

    @Test("A matrix with more rows than columns pairs every column")
    func tall() {
        let weights = [[0.9, 0.8, 0.3], [0.1, 0.7, 0.6], [0.3, 0.2, 0.65], [0.2, 0.1, 0.1]]
        let pairs = AssignmentProblem.pairs(maximizing: weights)
        #expect(pairs.map(\.row) == [0, 1, 2])
        #expect(pairs.map(\.column) == [0, 1, 2])
    }

    @Test("A greedy choice that blocks a better whole is not taken")
    func notGreedy() {
        #expect(total([[0.9, 0.8], [0.85, 0.1]]) == 0.8 + 0.85)
    }

    @Test("Small matrices of every shape agree with trying all assignments")
    func exhaustive() {
        var random = RandomSource(seed: 11)
        for rows in 1...4 {
            for columns in 1...4 {
                for _ in 0..<25 {
                    let weights = (0..<rows).map { _ in
                        (0..<columns).map { _ in Double(random.next(below: 20) - 5) }
                    }
                    #expect(total(weights) == bestTotal(weights, row: 0, used: []), "\(weights)")
                }
            }
        }
    }

    @Test("Nothing is paired without rows or without columns")
    func empty() {
        #expect(AssignmentProblem.pairs(maximizing: []).isEmpty)
        #expect(AssignmentProblem.pairs(maximizing: [[], []]).isEmpty)
    }

    @Test("A weight that is not finite counts as nothing and stops nothing")
    func notFinite() {
        #expect(columns([[.nan, 0.5], [0.4, .infinity]]) == [1, 0])
    }

    /// The largest sum over all ways to pair min(rows, columns) pairs.
    private func bestTotal(_ weights: [[Double]], row: Int, used: Set<Int>) -> Double {
        guard row < weights.count else { return 0 }
        let free = weights[row].indices.filter { !used.contains($0) }
        let rowsLeft = weights.count - row
        var best = -Double.infinity
        if rowsLeft > free.count { best = bestTotal(weights, row: row + 1, used: used) }
        for column in free {
            best = max(best, weights[row][column] + bestTotal(weights, row: row + 1, used: used.union([column])))
        }
        return best
    }
}
