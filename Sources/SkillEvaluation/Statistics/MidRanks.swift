/// Ranks from 1 in ascending order, equal values sharing the mean of their places.
struct MidRanks: Sendable {
    /// Rank of each value, in the order the values were given.
    let ranks: [Double]
    /// Sizes of the groups of equal values, groups of one included.
    let groupSizes: [Int]

    init(_ values: [Double]) {
        let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
        var ranks = [Double](repeating: 0, count: values.count)
        var groupSizes: [Int] = []
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
            // Places start+1 … end.
            for place in start..<end { ranks[order[place]] = Double(start + 1 + end) / 2 }
            groupSizes.append(end - start)
            start = end
        }
        self.ranks = ranks
        self.groupSizes = groupSizes
    }

    var hasTies: Bool { groupSizes.contains { $0 > 1 } }
}
