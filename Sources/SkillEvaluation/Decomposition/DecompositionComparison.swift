import TaskDecomposition
package import TextEmbedding

/// Step counts of the local decomposer and of baselines on one set.
package struct DecompositionComparison: Sendable {
    package enum System: String, Sendable, CaseIterable {
        case plainSplit = "plain split"
        case majority
        case rules
        /// Trained on the other sets only.
        case leftOut = "set left out"
        /// Trained on every set's training part, tested on the part that was held out.
        case heldPart = "held part"
        /// The set left out, with a granularity learned from a few of its requests and tested on the others.
        case granularity = "left out, 20 examples"
    }

    package let set: String
    package let requests: Int
    package let figures: [System: CountFigures]

    /// Labelled requests a granularity is learned from, and how often they are drawn.
    private static let examples = 20
    private static let draws = 20

    package static func of(
        _ set: LabelledSet,
        folds: HeadFolds,
        embedder: any Embedder
    ) async throws -> DecompositionComparison {
        let model = folds.leavingOut(set.name)
        let plain = PlainSplitDecomposer()
        var scores: [System: [StepCountScore]] = [:]
        var examples: [GranularityLearning.Example] = []
        let memory = RememberingEmbedder(embedder)
        for start in stride(from: 0, to: set.requests.count, by: HeadTrainingData.chunk) {
            try Task.checkCancellation()
            let chunk = set.requests[start..<min(start + HeadTrainingData.chunk, set.requests.count)]
            await memory.forget()
            _ = try await memory.embed(
                chunk.flatMap { SegmentVectors.texts(of: TaggedRequest.read($0.query)) },
                as: .query
            )
            for request in chunk {
                func add(_ system: System, _ count: Int) {
                    scores[system, default: []].append(StepCountScore(predicted: count, gold: request.steps.count))
                }
                add(.plainSplit, try await plain.decompose(request.query).subtasks.count)
                add(.rules, try await LocalDecomposer().heads(of: request.query).count)
                let heads = try await LocalDecomposer(embedder: memory, model: model).heads(of: request.query)
                add(.leftOut, heads.count)
                examples.append(GranularityLearning.Example(heads, gold: request.steps.count))
                if folds.isTrainedOn(set.name), HeadTrainingData.part(of: request) == 0 {
                    let local = LocalDecomposer(embedder: memory, model: folds.trainingParts)
                    add(.heldPart, try await local.heads(of: request.query).count)
                }
            }
        }
        let gold = set.requests.map(\.steps.count)
        scores[.majority] = zip(MajorityStepCount.predictions(gold), gold).map(StepCountScore.init)
        scores[.granularity] = granularityScores(examples)
        return DecompositionComparison(
            set: set.name,
            requests: set.requests.count,
            figures: scores.compactMapValues { CountFigures($0) }
        )
    }

    /// Draws examples again and again, and scores all others with what they taught.
    private static func granularityScores(_ all: [GranularityLearning.Example]) -> [StepCountScore] {
        guard all.count > 2 * examples else { return [] }
        var random = RandomSource(seed: 20)
        return (0..<draws).flatMap { _ in
            var order = Array(all.indices)
            for place in 0..<examples { order.swapAt(place, place + random.next(below: order.count - place)) }
            let learned = GranularityLearning(order.prefix(examples).map { all[$0] }).granularity
            return order.dropFirst(examples).map { index in
                let count = learned?.count(expected: all[index].expected) ?? all[index].usual
                return StepCountScore(predicted: count, gold: all[index].gold)
            }
        }
    }

    /// One row a set, then the mean over the sets whose steps are in their texts.
    package static func table(_ comparisons: [DecompositionComparison]) -> MarkdownTable {
        let systems = System.allCases
        var table = MarkdownTable(["set (DA / DA±1 / error)", "requests"] + systems.map(\.rawValue))
        for comparison in comparisons {
            let cells = systems.map { comparison.figures[$0]?.text ?? FigureText.notCounted }
            table.rows.append([comparison.set, "\(comparison.requests)"] + cells)
        }
        let textual = comparisons.filter { !implicit.contains($0.set) }
        let means = systems.map { system in
            CountFigures.mean(textual.compactMap { $0.figures[system] })?.text ?? FigureText.notCounted
        }
        table.rows.append(["mean without \(implicit.joined(separator: ", "))", "–"] + means)
        return table
    }

    /// Sets whose gold steps are mostly not in the text of the request.
    private static let implicit = ["restbench", "worfbench"]
}
