/// Where a signal's values lie over a whole library.
package struct SignalStatistics: Sendable, Hashable {
    package var mean: Double
    package var deviation: Double

    package init(mean: Double = 0, deviation: Double = 1) {
        self.mean = mean
        self.deviation = max(deviation, 1e-6)
    }

    package init(mean: Double, secondMoment: Double) {
        self.init(mean: mean, deviation: max(0, secondMoment - mean * mean).squareRoot())
    }

    package init(_ values: some Collection<Double>) {
        let count = Double(max(1, values.count))
        let mean = values.reduce(0, +) / count
        self.init(mean: mean, deviation: (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot())
    }

    package func z(_ value: Double) -> Double { (value - mean) / deviation }
}
