/// What a metric has come to.
package struct MetricSnapshot: Sendable, Hashable {
    package let definition: MetricDefinition
    package internal(set) var points: [MetricPoint]
}

/// One series of a metric.
package struct MetricPoint: Sendable, Hashable {
    package internal(set) var attributes: Attributes
    /// Nanoseconds since 1970 since which it counts.
    package let start: UInt64
    package internal(set) var value: MetricValue
}

/// The values of one series.
package enum MetricValue: Sendable, Hashable {
    case number(Double)
    case histogram(HistogramValue)

    mutating func add(_ other: MetricValue, replaces: Bool) {
        switch (self, other) {
        case (.number(let left), .number(let right)): self = .number(replaces ? right : left + right)
        case (.histogram(var left), .histogram(let right)):
            left.add(right)
            self = .histogram(left)
        default: break
        }
    }
}

/// How many values fell into which bucket.
package struct HistogramValue: Sendable, Hashable {
    /// One more than there are bounds; the last is for what exceeds them all.
    package private(set) var buckets: [UInt64]
    package private(set) var count: UInt64 = 0
    package private(set) var sum = 0.0
    package private(set) var minimum = Double.infinity
    package private(set) var maximum = -Double.infinity

    init(bounds: Int) { buckets = Array(repeating: 0, count: bounds + 1) }

    /// Counts a value; one that is no number does not count.
    mutating func record(_ value: Double, bounds: [Double]) {
        guard value.isFinite else { return }
        var (low, high) = (0, bounds.count)
        while low < high {
            let middle = (low + high) / 2
            if bounds[middle] < value { low = middle + 1 } else { high = middle }
        }
        buckets[low] += 1
        count += 1
        sum += value
        minimum = min(minimum, value)
        maximum = max(maximum, value)
    }

    mutating func add(_ other: HistogramValue) {
        for index in buckets.indices where index < other.buckets.count { buckets[index] += other.buckets[index] }
        count += other.count
        sum += other.sum
        minimum = min(minimum, other.minimum)
        maximum = max(maximum, other.maximum)
    }
}
