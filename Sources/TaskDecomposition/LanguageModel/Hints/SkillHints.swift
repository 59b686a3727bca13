/// Finds skills of the library that may do a sub-task, so that a model can be told about them.
///
/// Retrieval implements it. Contract: the best `limit` candidates of each sub-task, put together in any order; a skill
/// that several sub-tasks find comes several times, or once with its best score; scores are cosines, comparable with
/// each other.
public protocol SkillHints: Sendable {
    /// - Parameter limit: most candidates of one sub-task.
    func hints(for subtasks: [String], limit: Int) async throws -> [SkillHint]
}

/// A skill a model is told about, with how well it fits the sub-task that found it.
public struct SkillHint: Sendable, Hashable {
    /// The library's id of the skill.
    public var skill: String
    /// What the model is shown; untrusted, as everything a skill says.
    public var name: String
    public var description: String
    public var score: Double
    /// Position of the sub-task that found it; nil where nobody kept that.
    public var subtask: Int?

    public init(skill: String, name: String, description: String = "", score: Double, subtask: Int? = nil) {
        self.skill = skill
        self.name = name
        self.description = description
        self.score = score
        self.subtask = subtask
    }
}
