/// Scores predictions for CompSkillBench.
package struct CompSkillScorer: Sendable {
    private let library: LabelledLibrary

    package init(library: LabelledLibrary) { self.library = library }

    /// The record of one request; composed metrics only where a plan was composed.
    package func record(for query: CompSkillQuery, _ prediction: Prediction) -> QueryRecord {
        var values = prediction.stepCountValues(gold: query.steps.count)
        values.merge(prediction.roundValues) { first, _ in first }
        let retrieved = CategoryRecall(prediction.steps.map(\.candidates), gold: query.categories) {
            library.category(of: $0)
        }
        values[.categoryRecallAt1] = retrieved.recall(at: 1)
        values[.categoryRecallAt5] = retrieved.recall(at: 5)
        values[.categoryRecallAt10] = retrieved.recall(at: 10)
        values[.categoryChain] = retrieved.isChainRight ? 1 : 0
        if prediction.isComposed {
            let selected = prediction.steps.map { $0.selection.map { [$0] } ?? [] }
            let composed = CategoryRecall(selected, gold: query.categories) { library.category(of: $0) }
            values[.composedCategoryRecall] = composed.recall(at: 1)
            values[.composedCategoryChain] = composed.isChainRight ? 1 : 0
            values.merge(prediction.planValues { library.contains($0) }) { first, _ in first }
        }
        return QueryRecord(
            id: query.id,
            traits: QueryTraits(difficulty: query.difficulty, isClean: query.isClean),
            goldSteps: query.steps.count,
            predictedSteps: prediction.steps.count,
            values: values,
            latencies: prediction.latencies,
            tokens: prediction.tokens,
            failure: prediction.failure
        )
    }
}

extension Prediction {
    /// The metrics on the number of steps.
    func stepCountValues(gold: Int) -> [Metric: Double] {
        StepCountScore(predicted: steps.count, gold: gold).values
    }

    /// The metrics on a composed plan as such.
    func planValues(isKnown: (String) -> Bool) -> [Metric: Double] {
        var values: [Metric: Double] = [.planValidity: shape.faults(isKnown: isKnown).isEmpty ? 1 : 0]
        if !steps.isEmpty {
            values[.abstention] = Double(steps.count { $0.selection == nil }) / Double(steps.count)
        }
        return values
    }
}
