import CommandLineInterface
import JSONSchema
import SkillRouting
import SkillWeaver

/// `skillweaver skills show NAME`
struct SkillsShowCommand: CommandDefinition {
    let name = "show"
    let summary = "Show one skill: what it does, its tools, its document."

    let skill = Argument<String>("SKILL", as: .nonBlank, "Id or name of the skill.")

    var parameters: [any ParameterDeclaration] { [skill, GlobalOptions.library, GlobalOptions.store] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let library = try await RouterResources.catalog(
            values.libraryReference,
            options: try context.routerOptions(values)
        )
        let wanted = values[skill]
        let matches = try await library.ids(matching: wanted)
        guard let id = matches.first(where: { $0 == wanted }) ?? matches.first, let found = try await library.skill(id)
        else {
            let nearest = nearestWord(to: wanted, among: try await library.overview().map(\.id))
            throw CommandError(
                "unknown-skill",
                "the library '\(library.name)' has no skill '\(wanted)'",
                hint: nearest.map { "did you mean '\($0)'?" } ?? "'skillweaver skills list' names them all"
            )
        }
        if matches.count > 1 {
            context.console.warn("several skills are called '\(wanted)': \(matches.joined(separator: ", "))")
        }
        if context.wantsJSON {
            try context.console.writeJSON(found.json)
        } else {
            try show(found, console: context.console)
        }
        return .done
    }

    private func show(_ skill: Skill, console: Console) throws {
        try console.writeLine(console.style(skill.id.printable, .bold))
        try console.writeLine(skill.description.printable)
        let place = skill.origin.file + (skill.origin.line.map { ":\($0)" } ?? "")
        let facts: [(String, String?)] = [
            ("source", place), ("url", skill.url), ("license", skill.license), ("needs", skill.compatibility),
            ("category", skill.category), ("tags", skill.tags.isEmpty ? nil : skill.tags.joined(separator: ", ")),
        ]
        for case (let label, let value?) in facts {
            try console.writeLine(console.style("\(label): ", .dim) + value.printable)
        }
        for tool in skill.tools {
            let effect =
                tool.annotations.isReadOnly ? "read-only" : tool.annotations.isDestructive ? "may destroy" : "writes"
            try console.writeLine(
                "\n" + console.style(tool.name.printable, .bold) + console.style(" (\(effect))", .dim)
            )
            try console.writeLine("  " + tool.description.printable)
        }
        if !skill.document.isEmpty { try console.writeLine("\n" + skill.document.printable) }
    }
}
