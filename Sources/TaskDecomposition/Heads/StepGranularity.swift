/// How finely someone wants requests divided, learned from requests that they divided themselves.
///
/// A request counts as `textWeight × the steps its text asks for + offset` steps. A weight of zero is for people whose
/// requests have much the same number of steps whatever their texts say.
package struct StepGranularity: Sendable, Hashable {
    /// How much the text decides, 0…1.
    package let textWeight: Double
    /// Steps that are added, or taken away.
    package let offset: Double

    package static let offsets = -20.0...20.0

    /// - Returns: nil for numbers outside their ranges.
    package init?(textWeight: Double, offset: Double) {
        guard (0...1).contains(textWeight), Self.offsets.contains(offset) else { return nil }
        self.textWeight = textWeight
        self.offset = offset
    }

    /// The number of steps of a request, at least one.
    ///
    /// - Parameter expected: the number its text asks for, as far as it is known.
    package func count(expected: Double) -> Int {
        max(1, Int((textWeight * expected + offset).rounded()))
    }
}
