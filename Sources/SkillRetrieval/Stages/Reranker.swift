/// A second stage: looks closer at what the first stage found, and reorders it.
///
/// Late interaction, a cross-encoder and a language model all fit: each gets the lists of one request together, so that
/// one that is costly per call needs a single call.
///
/// Contract, held by one test suite: as many lists come back as went in; each is a permutation of the one it was made
/// from, best first; scores fall from first to last. A list that cannot be judged comes back as it was.
package protocol Reranker: Sendable {
    /// One word for reports and explanations: `late`, `cross`, `llm`.
    var name: String { get }

    func rerank(_ lists: [RankedList], in library: any SearchableLibrary) async throws -> [RankedList]
}

/// One query and the entries found for it, best first.
package struct RankedList: Sendable {
    package var query: RetrievalQuery
    package var entries: [RankedEntry]

    package init(query: RetrievalQuery, entries: [RankedEntry]) {
        self.query = query
        self.entries = entries
    }
}

/// One entry in the order of some stage.
package struct RankedEntry: Sendable, Hashable {
    /// What the first stage said.
    package var found: ShortlistEntry
    /// The last stage's score; comparable within one list.
    package var score: Double
    /// The raw value of each signal that was measured.
    package var values: SignalValues
    /// What each signal added to the score.
    package var contributions: SignalValues

    package init(
        found: ShortlistEntry,
        score: Double,
        values: SignalValues = [:],
        contributions: SignalValues = [:]
    ) {
        self.found = found
        self.score = score
        self.values = values
        self.contributions = contributions
    }

    /// An entry as the first stage ranks it.
    init(_ found: ShortlistEntry, weights: FirstStageWeights) {
        self.init(
            found: found,
            score: weights.score(found),
            values: [.dense: found.dense, .lexical: found.lexical],
            contributions: [.dense: weights.dense * found.denseZ, .lexical: weights.lexical * found.lexicalZ]
        )
    }
}
