import SkillCatalog

/// A skill that is loaded in a session.
struct LoadedSkill: Sendable, Hashable {
    var skill: Skill
    /// Names of the tools whose schemas are given in full, in the order of the skill.
    var fullTools: [String]
    /// Tokens of the document and of the schemas given in full.
    var tokens: Int
    /// Never unloaded to make room.
    var isPinned: Bool
    /// When it was used last, by the session's own count of uses.
    var lastUse: Int
    /// Calls that are on their way.
    var runningCalls = 0
}
