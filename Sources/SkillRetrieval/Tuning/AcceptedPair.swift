/// A text and the skill that somebody accepted for it.
public struct AcceptedPair: Sendable, Hashable {
    public var query: String
    /// The library's id of the skill.
    public var skill: String

    public init(query: String, skill: String) {
        self.query = query
        self.skill = skill
    }
}
