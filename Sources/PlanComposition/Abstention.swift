import SkillCatalog
import SkillRetrieval

/// Says why a step has no skill.
enum Abstention {
    /// One sentence a person understands: the nearest skill, what it is for, and how far it is from fitting.
    ///
    /// - Parameter nearest: the skill of the first candidate; nil where it is not known.
    static func reason(_ step: String, _ candidates: [Candidate], nearest: Skill?, minimumScore: Double) -> String {
        guard let best = candidates.first else { return "the library offers no skill for this step" }
        let name = best.tool.map { "\(best.skill).\($0)" } ?? best.skill
        var text = "no skill fits; the nearest is \(name)"
        if let purpose = nearest.flatMap({ purpose(of: $0, tool: best.tool) }) { text += " (\(purpose))" }
        if let nearest, sharesNoWord(step, nearest, best.tool) { text += ", which shares no word with this step" }
        return text + ": it scores \(Decimals.text(best.score)), \(Decimals.text(minimumScore)) are needed"
    }

    /// What the tool, or the skill, says it is for, at the length of a remark.
    private static func purpose(of skill: Skill, tool: String?) -> String? {
        let own = tool.flatMap(skill.tool(named:))?.description ?? ""
        let text = (own.isEmpty ? skill.description : own).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard text.count > 80 else { return text.isEmpty ? nil : text }
        let cut = text.prefix(80)
        return (cut.lastIndex(of: " ").map { cut[..<$0] } ?? cut) + "…"
    }

    private static func sharesNoWord(_ step: String, _ skill: Skill, _ tool: String?) -> Bool {
        let described = [
            skill.name, skill.description, tool ?? "", tool.flatMap(skill.tool(named:))?.description ?? "",
        ]
        return stems(step).isDisjoint(with: stems(described.joined(separator: " ")))
    }

    private static func stems(_ text: String) -> Set<String> {
        Set(IdentifierWords.split(text).filter { !EnglishWords.functionWords.contains($0) }.map(WordStem.of))
    }
}
