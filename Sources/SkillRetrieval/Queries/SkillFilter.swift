/// Which skills and tools may be found.
///
/// A filter narrows the search itself: as many results are found as there are that pass it.
public struct SkillFilter: Sendable, Hashable {
    /// Short names of sources; empty for every source.
    public var sources: Set<String>
    /// Tags of which a skill must have at least one; empty for any skill.
    public var tags: Set<String>
    /// Ids of skills, or `skill.tool` names, that are permitted; nil where everything is.
    public var allowed: Set<String>?
    /// Ids of skills, or `skill.tool` names, that are forbidden, whatever else permits them.
    public var denied: Set<String>

    public init(
        sources: Set<String> = [],
        tags: Set<String> = [],
        allowed: Set<String>? = nil,
        denied: Set<String> = []
    ) {
        self.sources = sources
        self.tags = tags
        self.allowed = allowed
        self.denied = denied
    }

    /// Lets everything pass.
    public static let everything = SkillFilter()

    /// Whether it excludes nothing.
    public var isEmpty: Bool { self == .everything }

    /// Whether an entry's names are permitted; sources and tags are for the library to judge.
    package func permits(skill: String, tool: String?) -> Bool {
        let names = tool.map { [skill, "\(skill).\($0)"] } ?? [skill]
        guard !names.contains(where: denied.contains) else { return false }
        guard let allowed else { return true }
        return names.contains(where: allowed.contains)
    }
}
