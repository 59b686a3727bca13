/// Learns a granularity from a few labelled requests, and says whether it helps.
package struct GranularityLearning: Sendable {
    /// What is known of a labelled request.
    package struct Example: Sendable, Hashable {
        /// The number of steps that would be made without a granularity.
        package let usual: Int
        /// The expected number of steps.
        package let expected: Double
        /// The number of steps its label has.
        package let gold: Int

        package init(usual: Int, expected: Double, gold: Int) {
            self.usual = usual
            self.expected = expected
            self.gold = gold
        }

        package init(_ heads: StepHeads, gold: Int) {
            self.init(usual: heads.count, expected: heads.expectedCount, gold: gold)
        }
    }

    /// The granularity; nil where none is better than the usual count.
    package let granularity: StepGranularity?
    /// Requests with the right number of steps without a granularity.
    package let usualHits: Int
    /// Requests with the right number of steps when the granularity is learned from all others.
    package let heldOutHits: Int

    /// Fewer examples say too little.
    package static let fewest = 5

    private static let candidates: [StepGranularity] = {
        let shifts = stride(from: 0.25, through: 3, by: 0.25).flatMap { [-$0, $0] }
        let shifted = ([0] + shifts).compactMap { StepGranularity(textWeight: 1, offset: $0) }
        let fixed = (1...12).compactMap { StepGranularity(textWeight: 0, offset: Double($0)) }
        let mixed = stride(from: -1, through: 4, by: 0.5).compactMap { StepGranularity(textWeight: 0.5, offset: $0) }
        return shifted + fixed + mixed
    }()

    /// Learns by trying; each example in turn is left out to see what the others would have taught about it.
    package init(_ examples: [Example]) {
        usualHits = examples.count { $0.usual == $0.gold }
        heldOutHits = examples.indices.count { left in
            let others = examples.indices.filter { $0 != left }.map { examples[$0] }
            return Self.count(examples[left], Self.best(for: others)) == examples[left].gold
        }
        granularity = heldOutHits > usualHits ? Self.best(for: examples) : nil
    }

    /// The candidate with the most hits, of several the one with the smallest error; nil where none beats the usual count.
    private static func best(for examples: [Example]) -> StepGranularity? {
        var best: (granularity: StepGranularity?, hits: Int, error: Int) = score(nil, examples)
        for candidate in candidates {
            let next = score(candidate, examples)
            if (next.hits, -next.error) > (best.hits, -best.error) { best = next }
        }
        return best.granularity
    }

    private static func score(
        _ granularity: StepGranularity?,
        _ examples: [Example]
    ) -> (granularity: StepGranularity?, hits: Int, error: Int) {
        let errors = examples.map { abs(count($0, granularity) - $0.gold) }
        return (granularity, errors.count { $0 == 0 }, errors.reduce(0, +))
    }

    private static func count(_ example: Example, _ granularity: StepGranularity?) -> Int {
        granularity?.count(expected: example.expected) ?? example.usual
    }
}
