/// How well a number of predicted steps agrees with the number of gold steps.
package struct StepCountScore: Sendable, Hashable {
    package let predicted: Int
    package let gold: Int

    package init(predicted: Int, gold: Int) {
        self.predicted = predicted
        self.gold = gold
    }

    /// Decomposition accuracy of one request.
    package var isExact: Bool { predicted == gold }
    package var isWithinOne: Bool { absoluteError <= 1 }
    package var absoluteError: Int { abs(predicted - gold) }

    /// The three figures by metric.
    var values: [Metric: Double] {
        [
            .decompositionAccuracy: isExact ? 1 : 0,
            .decompositionAccuracyWithinOne: isWithinOne ? 1 : 0,
            .stepCountError: Double(absoluteError),
        ]
    }
}
