import JSONSchema

/// Figures as result files and reports write them: rounded to a stated number of places.
enum Rounding {
    /// Places of metrics, of milliseconds, and of tokens in result files.
    static let metricPlaces = 4
    static let latencyPlaces = 3
    static let tokenPlaces = 1

    /// The nearest number with that many decimal places, halves away from zero.
    static func round(_ value: Double, places: Int) -> Double {
        let scale = (0..<places).reduce(1.0) { scale, _ in scale * 10 }
        let rounded = (value * scale).rounded() / scale
        return rounded == 0 ? 0 : rounded
    }

    static func json(_ value: Double, places: Int) -> JSONValue { .number(round(value, places: places)) }

    /// The number with exactly that many decimal places, and commas between thousands: `884,000`, `0.510`.
    static func text(_ value: Double, places: Int) -> String {
        guard value.isFinite, abs(value) < 1e12 else { return "\(value)" }
        let scale = (0..<places).reduce(1.0) { scale, _ in scale * 10 }
        let digits = String(Int((abs(value) * scale).rounded()))
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
        let fraction = places > 0 ? "." + padded.suffix(places) : ""
        let isNegative = value < 0 && digits.contains { $0 != "0" }
        return (isNegative ? "−" : "") + grouped(String(padded.dropLast(places))) + fraction
    }

    private static func grouped(_ digits: String) -> String {
        var text = ""
        for (offset, digit) in digits.enumerated() {
            if offset > 0, (digits.count - offset) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return text
    }
}
