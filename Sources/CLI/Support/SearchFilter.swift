import CommandLineInterface
import SkillWeaver

/// The options that narrow a search.
enum SearchFilter {
    static let sources = Option<[String]>("source", value: "NAME", as: .nonBlank, "Only skills of this source.")
    static let tags = Option<[String]>("tag", value: "TAG", as: .nonBlank, "Only skills with this tag.")
    static let allowed = Option<[String]>(
        "allow",
        value: "SKILL",
        as: .nonBlank,
        "Only this skill, or this tool as SKILL.TOOL."
    )
    static let denied = Option<[String]>(
        "deny",
        value: "SKILL",
        as: .nonBlank,
        "Not this skill, or not this SKILL.TOOL."
    )

    static var parameters: [any ParameterDeclaration] { [sources, tags, allowed, denied] }

    /// - Throws: `CommandError` for a source or a skill that the library does not have.
    static func filter(_ values: ParsedValues, names: SkillNames) async throws -> SkillFilter {
        for source in values[sources] where !names.sources.contains(source) {
            throw CommandError(
                "unknown-source",
                "the library '\(names.libraryName)' has no source '\(source)'",
                hint: "it has: \(names.sources.sorted().joined(separator: ", "))"
            )
        }
        for name in values[allowed] + values[denied] { try await names.check(name) }
        return SkillFilter(
            sources: Set(values[sources]),
            tags: Set(values[tags]),
            allowed: values[allowed].isEmpty ? nil : Set(values[allowed]),
            denied: Set(values[denied])
        )
    }
}
