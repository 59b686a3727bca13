/// Which segments of a request begin a step, by the rules and a learned model together.
package struct StepHeads: Sendable {
    /// The probability of each segment.
    package let probabilities: [Double]

    /// What a rule's word counts, as a probability.
    private static let ruleCertainty = 0.95
    /// How much the rules count for segments they take for actions, and for others, where they find several actions.
    private static let ruleShares = (action: 0.7, other: 0.3)

    /// - Parameter learned: The model's probability of each segment.
    ///
    /// The rules seldom err on what they take for an action when they find several, and the model has seen few requests
    /// with many. Where they find one or none they may have missed the others, and the model decides alone.
    package init(_ segments: [Segment], learned: [Double]) {
        let findsSeveral = segments.count { $0.role == .action } > 1
        probabilities = zip(segments, learned).map { segment, learned in
            guard findsSeveral else { return learned }
            let isAction = segment.role == .action
            let share = isAction ? Self.ruleShares.action : Self.ruleShares.other
            return share * (isAction ? Self.ruleCertainty : 1 - Self.ruleCertainty) + (1 - share) * learned
        }
    }

    /// What the rules alone say: where there is one segment, no vectors, or no model.
    package init(rulesFor segments: [Segment]) {
        guard segments.contains(where: { $0.role == .action }) else {
            probabilities = segments.indices.map { $0 == 0 ? 1 : 0 }
            return
        }
        probabilities = segments.map { $0.role == .action ? Self.ruleCertainty : 1 - Self.ruleCertainty }
    }

    /// The number of steps that is most probable.
    package var count: Int { PoissonBinomial(probabilities).modeAboveNone }

    /// The expected number of steps.
    package var expectedCount: Double { probabilities.reduce(0, +) }

    /// The most probable heads, as many as asked for, in the order of the request.
    package func heads(_ count: Int) -> [Int] {
        probabilities.indices
            .sorted { (-probabilities[$0], $0) < (-probabilities[$1], $1) }
            .prefix(count)
            .sorted()
    }

    /// Makes the heads the actions of the request, each with its probability, and what else was an action a part of the
    /// step before it. More heads than segments are found by dividing segments.
    func apply(to segments: inout [Segment], of tokens: [Token], count: Int) {
        let heads = Set(heads(count))
        for index in segments.indices {
            if heads.contains(index) {
                segments[index].role = .action
                segments[index].confidence = probabilities[index]
            } else if segments[index].role == .action {
                segments[index].role = .continuation
                segments[index].confidence = 1 - probabilities[index]
            }
        }
        FinerSegments.divide(&segments, of: tokens, into: count)
    }
}
