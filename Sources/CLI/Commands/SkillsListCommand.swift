import CommandLineInterface
import JSONSchema
import SkillRouting
import SkillWeaver

/// `skillweaver skills list`
struct SkillsListCommand: CommandDefinition {
    let name = "list"
    let summary = "List the skills of a library, or of a project."
    let discussion = """
        With --project the skills of the current folder's .skillweaver/skills, .agents/skills and skills are listed, each \
        with whether it is trusted; what is not trusted is neither loaded nor run.
        """

    let project = Flag("project", "List the skills of the project in this folder.")

    var parameters: [any ParameterDeclaration] { [GlobalOptions.library, GlobalOptions.store, project] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        if values[project] {
            let listing = try await ProjectListing(project: ".", values, in: context)
            try listing.write(to: context.console, asJSON: context.wantsJSON)
            return .done
        }
        let library = try await RouterResources.catalog(
            values.libraryReference,
            options: try context.routerOptions(values)
        )
        let skills = try await library.overview()
        if context.wantsJSON {
            try context.console.writeJSON([
                "library": .string(library.name), "skills": .array(skills.map(Self.json)),
            ])
            return .done
        }
        let width = min(40, skills.map(\.id.displayWidth).max() ?? 0)
        for skill in skills {
            let id = skill.id.printable.padded(toColumns: width)
            let tools = skill.toolCount == 1 ? " (1 tool)" : skill.toolCount > 1 ? " (\(skill.toolCount) tools)" : ""
            let text = (skill.description.split(separator: "\n").first.map(String.init) ?? "").printable
            let room = max(20, context.console.columns - width - 2 - tools.count)
            try context.console.writeLine(
                "\(context.console.style(id, .bold))  \(text.truncated(toColumns: room))\(tools)"
            )
        }
        return .done
    }

    private static func json(_ skill: SkillOverview) -> JSONValue {
        [
            "id": .string(skill.id), "name": .string(skill.name), "description": .string(skill.description),
            "source": .string(skill.source), "tools": JSONValue(skill.toolCount),
        ]
    }
}
