/// Scores rankings for retrieval queries.
package enum RetrievalScorer {
    /// The record of one query.
    package static func record(
        for query: RetrievalQuery,
        _ retrieval: RankedRetrieval,
        latencies: [Stage: Double] = [:]
    ) -> QueryRecord {
        let gold = Set(query.gold)
        return QueryRecord(
            id: query.id,
            values: [
                .recallAt1: retrieval.recall(at: 1, gold: gold),
                .recallAt5: retrieval.recall(at: 5, gold: gold),
                .recallAt10: retrieval.recall(at: 10, gold: gold),
                .reciprocalRank: retrieval.reciprocalRank(gold: gold),
                .normalizedGainAt10: retrieval.normalizedGain(at: 10, gold: gold),
            ],
            latencies: latencies
        )
    }
}
