/// A skill, and where it has tools the best of them, that may do a sub-task.
public struct Candidate: Sendable, Hashable {
    /// The library's id of the skill.
    public var skill: String
    /// Name of the tool within the skill; nil where the skill has none.
    public var tool: String?
    /// Relevance; for the dense stage the cosine, −1…1. Comparable within one library and one set of stages only.
    public var score: Double

    public init(skill: String, tool: String? = nil, score: Double) {
        self.skill = skill
        self.tool = tool
        self.score = score
    }
}
