/// Percentiles of a sample, interpolated linearly between the two nearest values.
///
/// The p-th percentile of n sorted values lies at position p/100·(n−1), counted from 0: the default of NumPy and R
/// (type 7 of Hyndman and Fan 1996).
package struct Percentiles: Sendable {
    private let sorted: [Double]

    /// Values that are not a number are left out.
    package init(_ values: some Sequence<Double>) {
        sorted = values.filter { !$0.isNaN }.sorted()
    }

    /// The percentile for 0…100; nil without values.
    package subscript(_ percent: Double) -> Double? {
        guard let last = sorted.last else { return nil }
        let position = min(max(percent, 0), 100) / 100 * Double(sorted.count - 1)
        let lower = Int(position)
        guard lower + 1 < sorted.count else { return last }
        return sorted[lower] + (sorted[lower + 1] - sorted[lower]) * (position - Double(lower))
    }
}
