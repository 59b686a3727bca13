import CommandLineInterface
import JSONSchema
import SkillAuthoring
import SkillCatalog
import SkillRouting

/// The skills of a project, with whether they are trusted.
struct ProjectListing {
    let entries: [ProjectSkills.Entry]

    init(project: String, _ values: ParsedValues, in context: CommandContext) async throws {
        let store = TrustStore(home: try context.routerOptions(values).home.folder)
        entries = try await ProjectSkills(store: store).entries(in: project)
    }

    /// What may be loaded.
    var trustedFolders: [String] { entries.filter { $0.state == .trusted }.map(\.folder) }

    func write(to console: Console, asJSON: Bool) throws {
        if asJSON {
            let skills = entries.map { entry -> JSONValue in
                [
                    "name": .string(entry.skill.name), "description": .string(entry.skill.description),
                    "folder": .string(entry.folder), "trust": .string(entry.state.rawValue),
                    "tools": JSONValue(entry.skill.tools.count),
                ]
            }
            return try console.writeJSON(["skills": .array(skills)])
        }
        for entry in entries {
            let text = entry.skill.description.split(separator: "\n").first.map(String.init) ?? ""
            let name = console.style(entry.skill.name.printable, .bold)
            try console.writeLine("\(name)  [\(entry.state.rawValue)]  \(text.printable.truncated(toColumns: 80))")
            try console.writeLine("  " + entry.folder.printable)
        }
        if entries.contains(where: { $0.state != .trusted }) {
            console.note("what is not trusted is neither loaded nor run; look at it, then run 'skillweaver trust PATH'")
        }
    }
}
