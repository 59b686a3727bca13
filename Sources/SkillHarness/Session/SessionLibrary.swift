public import SkillCatalog
public import SkillRetrieval
public import SkillRouting

/// The skills a session offers, and how they are found.
public struct SessionLibrary: Sendable {
    public let inventory: any SkillInventory
    private let find: @Sendable (String, Int) async throws -> [Candidate]

    /// - Parameter find: the skills that fit a text best, at most so many.
    public init(
        _ inventory: any SkillInventory,
        find: @escaping @Sendable (String, Int) async throws -> [Candidate]
    ) {
        self.inventory = inventory
        self.find = find
    }

    /// Skills that a router searches.
    public init(_ inventory: any SkillInventory, router: SkillRouter) {
        self.init(inventory) { text, top in try await router.search(text, top: top) }
    }

    func search(_ text: String, top: Int) async throws -> [Candidate] { try await find(text, top) }
}
