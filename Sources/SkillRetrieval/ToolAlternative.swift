/// A tool that a candidate's skill has beside the one that retrieval puts first.
public struct ToolAlternative: Sendable, Hashable {
    /// Name of the tool within the skill.
    public var tool: String
    /// Relevance on the candidate's scale, never above the candidate's own.
    public var score: Double

    public init(tool: String, score: Double) {
        self.tool = tool
        self.score = score
    }
}
