import SkillCatalog

/// An identifier that a tool cannot be called without: `movie_id`.
struct IdentifierNeed: Sendable, Hashable {
    /// Name of the input.
    var input: String
    /// What it identifies, in words: ["movie"].
    var entity: [String]

    var entityStems: [String] { entity.map(WordStem.of) }

    /// Words for "identifier" that end the name of such an input.
    private static let identifierWords: Set<String> = ["id", "ids", "uuid", "guid", "identifier"]

    /// The identifiers that a tool requires, by its schema and by the address of its operation.
    static func all(of skill: Skill, tool name: String?) -> [IdentifierNeed] {
        let declared = skill.tool(orOnly: name).flatMap(\.inputSchema).flatMap(SchemaPorts.inputs) ?? []
        let names = declared.filter(\.isRequired).map(\.name) + (OperationPath(skill.id)?.parameters ?? [])
        var needs: [IdentifierNeed] = []
        for name in names {
            let words = IdentifierWords.split(name)
            guard let last = words.last, identifierWords.contains(last), words.count > 1 else { continue }
            let need = IdentifierNeed(input: name, entity: Array(words.dropLast()))
            if !needs.contains(need) { needs.append(need) }
        }
        return needs
    }
}
