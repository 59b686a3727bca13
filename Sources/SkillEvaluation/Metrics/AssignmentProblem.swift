/// Pairs rows with columns so that the sum of their weights is largest: the Hungarian algorithm.
///
/// Shortest augmenting paths with potentials, O(r²·c) for r ≤ c after transposing. The matrix may be rectangular: the
/// smaller side is paired completely. Of several best pairings the same one is found every time.
/// Source: Kuhn 1955, Munkres 1957; in the form of Jonker and Volgenant 1987.
package enum AssignmentProblem {
    /// The pairs of a best assignment, by row.
    ///
    /// - Parameter weights: Rows of equal length; a weight that is not finite counts as zero.
    package static func pairs(maximizing weights: [[Double]]) -> [(row: Int, column: Int)] {
        guard let columns = weights.first?.count, columns > 0 else { return [] }
        precondition(weights.allSatisfy { $0.count == columns }, "rows of different lengths")
        if weights.count <= columns {
            let cost = weights.map { row in row.map { $0.isFinite ? -$0 : 0 } }
            return columnOfEachRow(minimizing: cost).enumerated().map { (row: $0.offset, column: $0.element) }
        }
        let cost = (0..<columns).map { column in
            weights.map { $0[column].isFinite ? -$0[column] : 0 }
        }
        return columnOfEachRow(minimizing: cost).enumerated()
            .map { (row: $0.element, column: $0.offset) }
            .sorted { $0.row < $1.row }
    }

    /// One column for each row, with at most as many rows as columns.
    private static func columnOfEachRow(minimizing cost: [[Double]]) -> [Int] {
        let rows = cost.count
        let columns = cost[0].count
        // Index 0 of the columns is a virtual one that holds the row to be placed; rows and columns count from 1.
        var rowPotential = [Double](repeating: 0, count: rows + 1)
        var columnPotential = [Double](repeating: 0, count: columns + 1)
        var rowOfColumn = [Int](repeating: 0, count: columns + 1)
        var previousColumn = [Int](repeating: 0, count: columns + 1)

        for row in 1...rows {
            var slack = [Double](repeating: .infinity, count: columns + 1)
            var isVisited = [Bool](repeating: false, count: columns + 1)
            var column = 0
            rowOfColumn[0] = row
            repeat {
                isVisited[column] = true
                let current = rowOfColumn[column]
                var nearest = 0
                var step = Double.infinity
                for candidate in 1...columns where !isVisited[candidate] {
                    let reduced = cost[current - 1][candidate - 1] - rowPotential[current] - columnPotential[candidate]
                    if reduced < slack[candidate] {
                        slack[candidate] = reduced
                        previousColumn[candidate] = column
                    }
                    if slack[candidate] < step {
                        step = slack[candidate]
                        nearest = candidate
                    }
                }
                for candidate in 0...columns {
                    if isVisited[candidate] {
                        rowPotential[rowOfColumn[candidate]] += step
                        columnPotential[candidate] -= step
                    } else {
                        slack[candidate] -= step
                    }
                }
                column = nearest
            } while rowOfColumn[column] != 0
            // Hand every column on the path to the row before it.
            while column != 0 {
                let before = previousColumn[column]
                rowOfColumn[column] = rowOfColumn[before]
                column = before
            }
        }

        var result = [Int](repeating: 0, count: rows)
        for column in 1...columns where rowOfColumn[column] != 0 { result[rowOfColumn[column] - 1] = column - 1 }
        return result
    }
}
