/// How well predicted step counts agree with gold ones over a set.
package struct CountFigures: Sendable, Hashable {
    /// Share of requests with exactly the gold count.
    package let accuracy: Double
    /// Share of requests at most one step off.
    package let accuracyWithinOne: Double
    /// Mean absolute difference, in steps.
    package let meanError: Double

    /// - Parameter scores: of each request; nil figures for none.
    package init?(_ scores: [StepCountScore]) {
        guard !scores.isEmpty else { return nil }
        let count = Double(scores.count)
        accuracy = Double(scores.count(where: \.isExact)) / count
        accuracyWithinOne = Double(scores.count(where: \.isWithinOne)) / count
        meanError = Double(scores.reduce(0) { $0 + $1.absoluteError }) / count
    }

    private init(accuracy: Double, accuracyWithinOne: Double, meanError: Double) {
        self.accuracy = accuracy
        self.accuracyWithinOne = accuracyWithinOne
        self.meanError = meanError
    }

    /// The mean over sets, each counting the same; nil without sets.
    package static func mean(_ figures: [CountFigures]) -> CountFigures? {
        guard !figures.isEmpty else { return nil }
        let count = Double(figures.count)
        return CountFigures(
            accuracy: figures.reduce(0) { $0 + $1.accuracy } / count,
            accuracyWithinOne: figures.reduce(0) { $0 + $1.accuracyWithinOne } / count,
            meanError: figures.reduce(0) { $0 + $1.meanError } / count
        )
    }

    /// `.943 / .997 / 0.06`.
    package var text: String {
        [(accuracy, 3), (accuracyWithinOne, 3), (meanError, 2)]
            .map { Rounding.text($0.0, places: $0.1) }
            .joined(separator: " / ")
    }
}
