/// What fitting the weights of a library's stages came to.
public struct TuningReport: Sendable, Hashable {
    /// How well some weights do on pairs they were not fitted to.
    public struct Quality: Sendable, Hashable {
        /// Share of the pairs whose skill comes first.
        public var recallAt1: Double
        /// Mean of 1/rank.
        public var reciprocalRank: Double

        init(ranks: [Int?]) {
            let count = Double(max(1, ranks.count))
            recallAt1 = Double(ranks.count { $0 == 1 }) / count
            reciprocalRank = ranks.reduce(0) { $0 + ($1.map { 1 / Double($0) } ?? 0) } / count
        }
    }

    /// Pairs that were given.
    public var pairs: Int
    /// Those whose skill the first stage finds; the others cannot teach the second anything.
    public var found: Int
    /// The weights that come with the program, on all pairs.
    public var before: Quality
    /// Weights fitted to four fifths of the pairs, on the fifth that was held out; all five together.
    public var after: Quality
    /// Mean gain of 1/rank on held-out pairs, and its standard error.
    public var gain: Double
    public var gainError: Double
    /// The weights that come with the program.
    public var defaults: [Signal: Double]
    /// The weights fitted to all pairs.
    public var fitted: [Signal: Double]

    /// Whether the gain on held-out pairs is more than chance: above its standard error.
    public var isGain: Bool { found >= FusionTuner.leastPairs && gain > gainError && gain > 0 }
}
