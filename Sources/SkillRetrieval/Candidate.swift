/// A skill, and where it has tools the best of them, that may do a sub-task.
public struct Candidate: Sendable, Hashable {
    /// The library's id of the skill.
    public var skill: String
    /// Name of the tool within the skill; nil where the skill has none.
    public var tool: String?
    /// Relevance, 0…1, comparable across texts and libraries: 0.5 is as likely right as wrong, below 0.25 hardly ever right.
    public var score: Double
    /// The skill's other tools that were found for the sub-task, best first; composition may prefer one of them.
    public var alternatives: [ToolAlternative]

    public init(skill: String, tool: String? = nil, score: Double, alternatives: [ToolAlternative] = []) {
        self.skill = skill
        self.tool = tool
        self.score = score
        self.alternatives = alternatives
    }
}
