/// How figures read in tables.
enum FigureText {
    /// A figure that the run does not have, because its data do not support it.
    static let notCounted = "–"
    /// A figure that nobody has made yet.
    static let notMeasured = "not measured"

    /// `0.940 [0.913, 0.967]`: the mean and its 95 % interval.
    static func estimate(_ estimate: Estimate?) -> String {
        guard let estimate else { return notCounted }
        let numbers = [estimate.mean, estimate.low, estimate.high].map { Rounding.text($0, places: 3) }
        return "\(numbers[0]) [\(numbers[1]), \(numbers[2])]"
    }

    /// `0.510`.
    static func metric(_ value: Double?) -> String {
        value.map { Rounding.text($0, places: 3) } ?? notCounted
    }

    /// `12.3`, milliseconds.
    static func milliseconds(_ value: Double?) -> String {
        value.map { Rounding.text($0, places: $0 < 10 ? 2 : 1) } ?? notCounted
    }

    /// `1,160`.
    static func tokens(_ value: Double) -> String { Rounding.text(value, places: 0) }

    /// A p-value: three digits, or a bound for tiny ones.
    static func probability(_ value: Double) -> String {
        value < 0.001 ? "< 0.001" : Rounding.text(value, places: 3)
    }
}
