import JSONSchema
package import LanguageModels
package import SkillCatalog

/// What one skill costs in tokens.
package struct SkillCost: Sendable, Hashable {
    /// Its document, read when it is loaded.
    package var document: Int
    /// The schemas of all its tools.
    package var schemas: Int
    /// Its line in the menu.
    package var menuLine: Int

    package init(_ skill: Skill, counter: any TokenCounter) {
        document = counter.count(skill.document)
        schemas = skill.tools.reduce(0) {
            $0 + counter.count(ToolSchema.chatTool($1, name: $1.name).json.serialized())
        }
        menuLine = MenuLine(id: skill.id, description: skill.description, count: counter.count).tokens
    }
}

extension SkillMenu {
    /// The menu of a library with nothing loaded.
    ///
    /// - Parameter budget: most tokens it may take.
    package static func of(
        _ library: any SkillInventory,
        budget: Int,
        counter: any TokenCounter
    ) async throws -> SkillMenu {
        let lines = try await library.overview().map {
            MenuLine(id: $0.id, description: $0.description, count: counter.count)
        }
        return SkillMenu(lines, loaded: [], budget: budget, count: counter.count)
    }
}
