/// How a plan is composed.
public struct CompositionOptions: Sendable, Hashable {
    /// How the skills of all steps are chosen.
    public enum Selection: String, Sendable, Hashable, CaseIterable {
        /// All steps together: exactly where that is cheap, by beam search above.
        case joint
        /// Step by step in the order of the request, as published for the method; for comparison.
        case greedy
    }

    /// Weight of relevance against compatibility, 0…1.
    public var alpha: Double
    /// Lowest relevance a candidate may have, 0…1; a step without one abstains.
    ///
    /// On the five open task sets a relevance below 0.1 is right so rarely that abstaining there loses at most 2.3 % of the
    /// right first candidates of any set; 0.25 would lose 60 % of MetaTool's, whose tools say little about themselves.
    public var minimumScore: Double
    public var selection: Selection
    /// Candidates looked at per step, best first.
    public var maximumCandidates: Int
    /// Most assignments that are compared exactly; above, the beam takes over.
    public var exactLimit: Int
    /// Partial assignments the beam keeps.
    public var beamWidth: Int
    /// Loss of score, as a share of the step's best, at which relevance falls to 1/e.
    ///
    /// Small values leave little to compatibility: with 0.08 and a best score of 0.6, a candidate at 0.57 has half
    /// the relevance.
    public var relevanceTolerance: Double

    public init(
        alpha: Double = 0.7,
        minimumScore: Double = 0.1,
        selection: Selection = .joint,
        maximumCandidates: Int = 8,
        exactLimit: Int = 20_000,
        beamWidth: Int = 64,
        relevanceTolerance: Double = 0.08
    ) {
        self.alpha = min(1, max(0, alpha))
        self.minimumScore = minimumScore
        self.selection = selection
        self.maximumCandidates = max(1, maximumCandidates)
        self.exactLimit = max(0, exactLimit)
        self.beamWidth = max(1, beamWidth)
        self.relevanceTolerance = max(0.000_1, relevanceTolerance)
    }
}
