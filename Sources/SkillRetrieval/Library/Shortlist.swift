/// What the first stage found for one query: the entries most worth a closer look.
package struct Shortlist: Sendable, Hashable {
    /// Best first by the weighted sum of `denseZ` and `lexicalZ`.
    package var entries: [ShortlistEntry]

    package init(entries: [ShortlistEntry] = []) {
        self.entries = entries
    }
}

/// One entry with what the first stage says about it.
///
/// A z-score is a distance from the mean over all entries of the library, in standard deviations; it makes signals of
/// different ranges comparable.
package struct ShortlistEntry: Sendable, Hashable {
    /// Number of the entry: a skill as a whole, or one of its tools.
    package var number: Int64
    /// Number of the skill it belongs to.
    package var skill: Int64
    package var isTool: Bool
    /// Cosine of the vectors, −1…1.
    package var dense: Double
    package var denseZ: Double
    /// Similarity of the words, 0 where none is shared.
    package var lexical: Double
    package var lexicalZ: Double

    package init(
        number: Int64,
        skill: Int64,
        isTool: Bool,
        dense: Double,
        denseZ: Double,
        lexical: Double,
        lexicalZ: Double
    ) {
        self.number = number
        self.skill = skill
        self.isTool = isTool
        self.dense = dense
        self.denseZ = denseZ
        self.lexical = lexical
        self.lexicalZ = lexicalZ
    }
}

/// How much the two signals of the first stage count.
package struct FirstStageWeights: Sendable, Hashable {
    package var dense: Double
    package var lexical: Double

    package init(dense: Double, lexical: Double) {
        self.dense = dense
        self.lexical = lexical
    }

    /// Chosen on the open sets.
    package static let standard = FirstStageWeights(dense: 0.6, lexical: 0.4)
    package static let denseOnly = FirstStageWeights(dense: 1, lexical: 0)
    package static let lexicalOnly = FirstStageWeights(dense: 0, lexical: 1)

    package func score(_ entry: ShortlistEntry) -> Double {
        dense * entry.denseZ + lexical * entry.lexicalZ
    }
}
