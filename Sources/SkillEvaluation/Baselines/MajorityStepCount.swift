/// The baseline that reads no request: every request gets the step count that is most frequent among the others.
///
/// The counts come from the set itself, so it is no system one could ship; it says how much of the decomposition
/// accuracy of a set is in the distribution of its step counts alone. Leave-one-out: a request's own count does not
/// help to predict it. Of equally frequent counts the smaller is taken; a set of one request is predicted to have one
/// step.
package enum MajorityStepCount {
    /// The predicted count of each request.
    package static func predictions(_ goldCounts: [Int]) -> [Int] {
        var frequencies = goldCounts.reduce(into: [Int: Int]()) { $0[$1, default: 0] += 1 }
        return goldCounts.map { own in
            frequencies[own, default: 0] -= 1
            defer { frequencies[own, default: 0] += 1 }
            let others = frequencies.filter { $0.value > 0 }
            return others.min { ($1.value, $0.key) < ($0.value, $1.key) }?.key ?? 1
        }
    }

    /// Records with the metrics on step counts only: nothing else is predicted.
    package static func records(for queries: [CompSkillQuery]) -> [QueryRecord] {
        records(
            queries.map { query in
                let traits = QueryTraits(difficulty: query.difficulty, isClean: query.isClean)
                return (query.id, traits, query.steps.count)
            }
        )
    }

    package static func records(for tasks: [GoldTask]) -> [QueryRecord] {
        records(
            tasks.map { task in
                let traits = QueryTraits(edgeKind: task.edges?.kind, stepOrigin: task.stepOrigin)
                return (task.id, traits, task.steps.count)
            }
        )
    }

    private static func records(_ gold: [(id: String, traits: QueryTraits, steps: Int)]) -> [QueryRecord] {
        zip(gold, predictions(gold.map(\.steps))).map { request, predicted in
            QueryRecord(
                id: request.id,
                traits: request.traits,
                goldSteps: request.steps,
                predictedSteps: predicted,
                values: StepCountScore(predicted: predicted, gold: request.steps).values
            )
        }
    }
}
