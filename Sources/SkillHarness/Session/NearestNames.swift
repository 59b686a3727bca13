import SkillCatalog

/// Names that somebody may have meant by a wrong one.
package enum NearestNames {
    /// At most three, best first; none that has nothing to do with it.
    static func of(_ wrong: String, among names: some Sequence<String>) -> [String] {
        let wanted = Set(IdentifierWords.split(wrong).map(WordStem.of))
        let scored = names.compactMap { name -> (name: String, score: Double)? in
            let offered = Set(IdentifierWords.split(name).map(WordStem.of))
            let shared = Double(wanted.intersection(offered).count) / Double(max(1, wanted.union(offered).count))
            let prefix = Double(zip(wrong.lowercased().utf8, name.lowercased().utf8).prefix { $0 == $1 }.count)
            let alike = prefix / Double(max(1, max(wrong.utf8.count, name.utf8.count)))
            let score = max(shared, alike)
            return score >= 0.3 ? (name, score) : nil
        }
        return scored.sorted { (-$0.score, $0.name) < (-$1.score, $1.name) }.prefix(3).map(\.name)
    }

    /// ` Did you mean 'git_status'?`, to follow a sentence, or nothing.
    package static func hint(_ wrong: String, among names: some Sequence<String>) -> String {
        let nearest = of(wrong, among: names)
        return nearest.isEmpty ? "" : " Did you mean \(nearest.map { "'\($0)'" }.joined(separator: " or "))?"
    }
}
