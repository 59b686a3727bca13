/// How many of several independent events happen, each with its own probability.
package struct PoissonBinomial: Sendable, Hashable {
    /// The probability of each number of events, from none to all.
    package let masses: [Double]

    package init(_ probabilities: [Double]) {
        var masses = [1.0]
        for probability in probabilities {
            masses.append(0)
            for count in masses.indices.reversed() {
                let before = count > 0 ? masses[count - 1] * probability : 0
                masses[count] = masses[count] * (1 - probability) + before
            }
        }
        self.masses = masses
    }

    /// The most probable number above none; the smaller of two that are equally probable, and 1 where nothing can happen.
    package var modeAboveNone: Int {
        masses.indices.dropFirst().reduce(1) { best, count in
            best < masses.count && masses[count] > masses[best] ? count : best
        }
    }

    /// The expected number.
    package var mean: Double {
        masses.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element }
    }
}
