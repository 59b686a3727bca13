import SkillRetrieval

/// Says why a step has no skill.
enum Abstention {
    /// One sentence that names the nearest miss and its score.
    static func reason(_ candidates: [Candidate], minimumScore: Double) -> String {
        guard let nearest = candidates.first else { return "the library offers no skill for this step" }
        let name = nearest.tool.map { "\(nearest.skill).\($0)" } ?? nearest.skill
        return "no skill reaches a score of \(Decimals.text(minimumScore)); "
            + "the nearest is \(name) with \(Decimals.text(nearest.score))"
    }
}
