import LanguageModels

/// The figures of one slice of a run.
package struct SliceSummary: Sendable, Hashable {
    /// How the milliseconds of one stage are distributed.
    package struct Latency: Sendable, Hashable {
        /// The percentiles that are kept.
        package static let points = [5, 25, 50, 75, 95, 99]

        private let values: [Int: Double]
        /// Requests that were timed.
        package let count: Int

        /// - Parameter values: Milliseconds at each of the points.
        package init(_ values: [Int: Double], count: Int) {
            self.values = values
            self.count = count
        }

        /// Nil without times.
        init?(of times: [Double]) {
            let percentiles = Percentiles(times)
            guard percentiles[50] != nil else { return nil }
            let values = Self.points.map { ($0, percentiles[Double($0)] ?? 0) }
            self.init(Dictionary(values) { first, _ in first }, count: times.count)
        }

        /// Milliseconds at a percentile that is kept; nil at any other.
        package subscript(_ point: Int) -> Double? { values[point] }
    }

    /// Requests in the slice.
    package let queryCount: Int
    /// Only metrics that some request is counted in.
    package let metrics: [Metric: Estimate]
    package let latencies: [Stage: Latency]
    package let tokens: TokenStatistics

    package init(
        queryCount: Int,
        metrics: [Metric: Estimate],
        latencies: [Stage: Latency] = [:],
        tokens: TokenStatistics = TokenStatistics([:])
    ) {
        self.queryCount = queryCount
        self.metrics = metrics
        self.latencies = latencies
        self.tokens = tokens
    }

    /// Summarises records, in an order that does not depend on when they were made.
    package init(of records: [QueryRecord], bootstrap: Bootstrap = .standard) {
        let records = records.sorted { $0.id < $1.id }
        var metrics: [Metric: Estimate] = [:]
        for metric in Metric.allCases {
            metrics[metric] = bootstrap.mean(of: records.compactMap { $0.values[metric] })
        }
        var latencies: [Stage: Latency] = [:]
        for stage in Stage.allCases {
            latencies[stage] = Latency(of: records.compactMap { $0.latencies[stage] })
        }
        self.init(
            queryCount: records.count,
            metrics: metrics,
            latencies: latencies,
            tokens: TokenStatistics(of: records.compactMap(\.tokens))
        )
    }
}
