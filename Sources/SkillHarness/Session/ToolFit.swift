import SkillCatalog

/// Says which tools of one skill a text speaks of, by the words they share.
enum ToolFit {
    /// The tools, best first; those that share nothing keep their order at the end.
    static func ranked(_ tools: [Tool], for text: String) -> [Tool] {
        let wanted = stems(text)
        guard !wanted.isEmpty else { return tools }
        let offered = tools.map { (name: stems($0.name), description: stems($0.description)) }
        func spread(_ stem: String) -> Int { offered.count { $0.name.contains(stem) || $0.description.contains(stem) } }
        // A word that every tool of the skill has tells none of them apart.
        let weights = Dictionary(uniqueKeysWithValues: wanted.map { ($0, 1 / Double(1 + spread($0))) })
        let scores = offered.map { tool in
            wanted.reduce(0.0) { sum, stem in
                let weight = weights[stem] ?? 0
                return sum + (tool.name.contains(stem) ? 2 * weight : tool.description.contains(stem) ? weight : 0)
            }
        }
        return tools.indices.sorted { (-scores[$0], $0) < (-scores[$1], $1) }.map { tools[$0] }
    }

    private static func stems(_ text: String) -> Set<String> {
        Set(IdentifierWords.split(text).filter { $0.utf8.count > 2 }.map(WordStem.of))
    }
}
