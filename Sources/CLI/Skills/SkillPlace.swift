import CommandLineInterface
import SkillAuthoring
import SkillCatalog
import SkillRouting
import SkillWeaver
import Storage

/// Finds the skill a user means by a path, by the name of an installed skill, or by its name in a library.
struct SkillPlace {
    let values: ParsedValues
    let context: CommandContext

    /// - Throws: `CommandError` that says where it was looked for.
    func skill(_ wanted: String) async throws -> Skill {
        let home = try context.routerOptions(values).home.folder
        for folder in [wanted, "\(home)/skills/\(wanted)"] where FileSystem.exists("\(folder)/SKILL.md") {
            let path = SkillFolders.absolute(folder)
            if let skill = try await SkillFolders.skills(in: path).first(where: { $0.origin.folder == path }) {
                return skill
            }
        }
        guard !wanted.contains("/") else {
            throw CommandError("unknown-skill", "\(wanted) holds no skill", hint: "a skill is a folder with a SKILL.md")
        }
        let library = try await RouterResources.catalog(values.libraryReference, options: context.routerOptions(values))
        let id = try await SkillNames(library: library, sources: []).id(of: wanted, console: context.console)
        guard let skill = try await library.skill(id) else {
            throw CommandError("unknown-skill", "the library '\(library.name)' has no skill '\(wanted)'")
        }
        return skill
    }

    /// The skill, which must have a folder.
    func folder(_ wanted: String) async throws -> (skill: Skill, folder: String) {
        let skill = try await skill(wanted)
        guard let folder = skill.origin.folder else {
            throw CommandError("no-folder", "'\(wanted)' is an entry of a list, not a folder on this machine")
        }
        return (skill, folder)
    }
}
