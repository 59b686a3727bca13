import SkillRetrieval

/// What of the gold answer a system starts from, so that the rest can be judged alone.
package enum GivenGold: String, Sendable, Hashable, CaseIterable {
    /// The request only.
    case nothing
    /// The gold step texts: decomposition is not judged.
    case steps
    /// The gold tools in order: neither decomposition nor tool choice is judged.
    case tools
}

/// Scores predictions for task sets in the common form.
package struct TaskScorer: Sendable {
    private let library: LabelledLibrary?
    private let given: GivenGold

    /// - Parameter library: The tools of the set; nil where the set has none, then plan validity is not judged.
    package init(library: LabelledLibrary?, given: GivenGold = .nothing) {
        self.library = library
        self.given = given
    }

    /// The record of one task, with only the metrics its set supports.
    ///
    /// - Parameter alignment: Comparison of step texts, for tasks whose texts were written; nil leaves it out.
    package func record(
        for task: GoldTask,
        _ prediction: Prediction,
        alignment: StepTextAlignment? = nil
    ) -> QueryRecord {
        var values: [Metric: Double] = [:]
        switch given {
        case .nothing:
            values = prediction.stepCountValues(gold: task.steps.count)
            values.merge(prediction.roundValues) { first, _ in first }
            values.merge(textValues(task, alignment)) { first, _ in first }
            values.merge(toolValues(task, prediction)) { first, _ in first }
        case .steps:
            values.merge(stepToolValues(task, prediction)) { first, _ in first }
            values.merge(toolValues(task, prediction)) { first, _ in first }
        case .tools:
            break
        }
        var method: StepCorrespondence.Method?
        if let edges = prediction.edges {
            let correspondence = correspondence(task, prediction)
            method = correspondence.method
            values.merge(edgeValues(task, edges, correspondence)) { first, _ in first }
            values.merge(argumentValues(task, prediction, correspondence)) { first, _ in first }
            if let library {
                values.merge(prediction.planValues { library.contains($0) }) { first, _ in first }
            }
        }
        return QueryRecord(
            id: task.id,
            traits: QueryTraits(edgeKind: task.edges?.kind, stepOrigin: task.stepOrigin),
            goldSteps: task.steps.count,
            predictedSteps: prediction.steps.count,
            values: values,
            alignment: method,
            latencies: prediction.latencies,
            tokens: prediction.tokens,
            failure: prediction.failure
        )
    }

    private func correspondence(_ task: GoldTask, _ prediction: Prediction) -> StepCorrespondence {
        StepCorrespondence(
            predictedTools: prediction.steps.map { $0.selection?.skill },
            goldTools: task.alignedTools,
            goldStepCount: task.steps.count
        )
    }

    private func textValues(_ task: GoldTask, _ alignment: StepTextAlignment?) -> [Metric: Double] {
        guard task.writtenSteps != nil, let score = alignment?.score else { return [:] }
        return [.stepTextPrecision: score.precision, .stepTextRecall: score.recall, .stepTextF1: score.f1]
    }

    /// The set of selected tools, or of first candidates where nothing was composed, against the gold set.
    private func toolValues(_ task: GoldTask, _ prediction: Prediction) -> [Metric: Double] {
        let chosen = prediction.steps.compactMap { step in
            (prediction.isComposed ? step.selection : step.candidates.first)?.skill
        }
        guard let score = OverlapScore(predicted: Set(chosen), gold: Set(task.tools)) else { return [:] }
        return [.toolPrecision: score.precision, .toolRecall: score.recall, .toolF1: score.f1]
    }

    /// Mean over the steps of whether the gold tool is among the first k candidates; only where the type allows it.
    private func stepToolValues(_ task: GoldTask, _ prediction: Prediction) -> [Metric: Double] {
        guard let pairs = task.stepToolPairs else { return [:] }
        func recall(at k: Int) -> Double {
            let hits = pairs.enumerated().count { position, pair in
                position < prediction.steps.count
                    && prediction.steps[position].candidates.prefix(k).contains { $0.skill == pair.tool }
            }
            return Double(hits) / Double(pairs.count)
        }
        return [
            .stepToolRecallAt1: recall(at: 1), .stepToolRecallAt5: recall(at: 5), .stepToolRecallAt10: recall(at: 10),
        ]
    }

    private func edgeValues(
        _ task: GoldTask,
        _ edges: [StepEdge],
        _ correspondence: StepCorrespondence
    ) -> [Metric: Double] {
        guard let gold = task.edges?.edges else { return [:] }
        if gold.isEmpty { return task.steps.count > 1 ? [.independenceKept: edges.isEmpty ? 1 : 0] : [:] }
        guard let score = EdgeOverlap.score(edges, correspondence: correspondence, gold: gold) else { return [:] }
        return [.edgePrecision: score.precision, .edgeRecall: score.recall, .edgeF1: score.f1]
    }

    private func argumentValues(
        _ task: GoldTask,
        _ prediction: Prediction,
        _ correspondence: StepCorrespondence
    ) -> [Metric: Double] {
        guard let gold = task.arguments else { return [:] }
        let accuracy = ArgumentAccuracy(
            prediction.steps.map(\.arguments),
            gold: gold,
            correspondence: correspondence
        )
        var values: [Metric: Double] = [:]
        values[.literalArguments] = accuracy.literals.value
        if accuracy.literals.total > 0 {
            values[.literalArgumentCount] = Double(accuracy.literals.total)
            values[.rightLiteralArguments] = Double(accuracy.literals.right)
            values[.wrongLiteralArguments] = Double(accuracy.wrongLiterals)
        }
        values[.referenceArguments] = accuracy.references.value
        values[.referencedSteps] = accuracy.referencedSteps.value
        return values
    }
}
