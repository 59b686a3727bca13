/// How much each signal counts in the second stage.
package struct FusionWeights: Sendable, Hashable {
    package var values: [Signal: Double]
    /// Entries that are looked at.
    package var pool: Int

    package init(_ values: [Signal: Double], pool: Int = 50) {
        self.values = values
        self.pool = pool
    }

    /// Chosen on the open sets, one set of weights for all.
    package static let standard = FusionWeights([
        .dense: 0.6, .lexical: 0.4, .queryCoverage: 0.4, .textCoverage: 0.4, .nameCoverage: 0.2, .kinship: 0,
    ])

    package subscript(signal: Signal) -> Double { values[signal] ?? 0 }

    /// The first stage's z-score as the second counts it.
    func blend(inPool: Double, _ overLibrary: Double) -> Double { (inPool + overLibrary) / 2 }

    var usesTokens: Bool { self[.queryCoverage] > 0 || self[.textCoverage] > 0 || self[.nameCoverage] > 0 }

    /// A skill lifts its tools, and the best of its tools the skill.
    func addKinship(to entries: inout [RankedEntry]) {
        guard self[.kinship] > 0 else { return }
        var own: [Int64: Double] = [:]
        var tools: [Int64: Double] = [:]
        for entry in entries {
            let skill = entry.found.skill
            if entry.found.isTool {
                tools[skill] = max(tools[skill] ?? -.infinity, entry.score)
            } else {
                own[skill] = entry.score
            }
        }
        for index in entries.indices {
            let skill = entries[index].found.skill
            guard let kin = entries[index].found.isTool ? own[skill] : tools[skill], kin > 0 else { continue }
            entries[index].contributions[.kinship] = self[.kinship] * kin
            entries[index].score += self[.kinship] * kin
        }
    }
}
