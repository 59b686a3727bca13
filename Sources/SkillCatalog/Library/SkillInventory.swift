/// The skills of one library to look through, wherever it is kept.
public protocol SkillInventory: Sendable {
    /// What people call the library.
    nonisolated var name: String { get }

    /// One line a skill in the order they were indexed.
    func overview() async throws -> [SkillOverview]

    /// Ids of skills whose id or name is `text`, letter case aside.
    func ids(matching text: String) async throws -> [String]

    /// The skill of that id, or nil.
    func skill(_ id: String) async throws -> Skill?
}

extension SkillLibrary: SkillInventory {
    public nonisolated var name: String { location.name }
}
