extension ValueFormat where Value == Int {
    /// A whole number in decimal digits within a range.
    package static func integer(in range: ClosedRange<Int>) -> Self {
        let bounds = describe(range, within: Int.min...Int.max)
        return ValueFormat(
            expectation: ["a whole number", bounds].compactMap(\.self).joined(separator: " "),
            constraint: bounds,
            read: { word in Int(word).flatMap { range.contains($0) ? $0 : nil } },
            write: { "\($0)" }
        )
    }

    /// A whole number in decimal digits, no smaller than a bound.
    package static func integer(atLeast minimum: Int) -> Self { integer(in: minimum...Int.max) }
}

extension ValueFormat where Value == Double {
    /// A finite number within a range; `0.5`, `-3` and `1e-3` are understood.
    package static func number(in range: ClosedRange<Double>) -> Self {
        let bounds = describe(range, within: .allFinite)
        return ValueFormat(
            expectation: ["a number", bounds].compactMap(\.self).joined(separator: " "),
            constraint: bounds,
            read: { word in Double(word).flatMap { range.contains($0) ? $0 : nil } },
            write: { "\($0)" }
        )
    }
}

extension Int: CommandLineValue {
    package static var format: ValueFormat<Int> { .integer(in: Int.min...Int.max) }
}

extension Double: CommandLineValue {
    package static var format: ValueFormat<Double> { .number(in: .allFinite) }
}

extension ClosedRange<Double> {
    fileprivate static var allFinite: Self { -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude }
}

/// "from 1 to 100", "of 1 or more", "of 100 or less", or nil for a range as wide as the type.
private func describe<Number>(_ range: ClosedRange<Number>, within widest: ClosedRange<Number>) -> String? {
    switch (range.lowerBound > widest.lowerBound, range.upperBound < widest.upperBound) {
    case (true, true): "from \(range.lowerBound) to \(range.upperBound)"
    case (true, false): "of \(range.lowerBound) or more"
    case (false, true): "of \(range.upperBound) or less"
    case (false, false): nil
    }
}
