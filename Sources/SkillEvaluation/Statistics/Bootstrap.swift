/// Confidence intervals of a mean by resampling requests with replacement (percentile method, Efron 1979).
package struct Bootstrap: Sendable, Hashable {
    package static let standard = Bootstrap()

    /// Resamples drawn; at least one.
    package let resamples: Int
    package let seed: UInt64
    /// Probability that the interval is meant to cover, 0…1.
    package let confidence: Double

    package init(resamples: Int = 10_000, seed: UInt64 = 260_618_051, confidence: Double = 0.95) {
        precondition(resamples > 0, "at least one resample is needed")
        self.resamples = resamples
        self.seed = seed
        self.confidence = confidence
    }

    /// The mean of some values and its interval; nil without values.
    ///
    /// The same values in the same order give the same interval every time. O(resamples · values).
    package func mean(of values: [Double]) -> Estimate? {
        guard let first = values.first else { return nil }
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        // Every resample of equal values is the same; rounding of sums must not widen the interval.
        if values.allSatisfy({ $0 == first }) {
            return Estimate(mean: first, low: first, high: first, count: values.count)
        }
        var random = RandomSource(seed: seed)
        var means: [Double] = []
        means.reserveCapacity(resamples)
        for _ in 0..<resamples {
            var sum = 0.0
            for _ in values.indices { sum += values[random.next(below: values.count)] }
            means.append(sum / count)
        }
        let percentiles = Percentiles(means)
        let tail = (1 - confidence) / 2 * 100
        guard let low = percentiles[tail], let high = percentiles[100 - tail] else { return nil }
        return Estimate(mean: mean, low: low, high: high, count: values.count)
    }
}

/// A mean with its confidence interval.
package struct Estimate: Sendable, Hashable {
    package let mean: Double
    package let low: Double
    package let high: Double
    /// Values the mean is over.
    package let count: Int

    package init(mean: Double, low: Double, high: Double, count: Int) {
        self.mean = mean
        self.low = low
        self.high = high
        self.count = count
    }
}
