/// How far the library may change what the wording of a request suggests.
public struct RefinementOptions: Sendable, Hashable {
    /// Lowest score of a candidate that counts, on the retriever's scale; the same that a plan asks for.
    public var minimumScore: Double
    /// How much better than the other parts' best skill each part's own must fit it, as a share of its score, for a list
    /// of objects to be split.
    public var splitLead: Double

    public init(minimumScore: Double, splitLead: Double = 0.2) {
        self.minimumScore = minimumScore
        self.splitLead = max(0, splitLead)
    }
}
