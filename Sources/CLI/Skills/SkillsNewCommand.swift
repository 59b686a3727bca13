import CommandLineInterface
import JSONSchema
import SkillAuthoring

/// `skillweaver skills new NAME`
struct SkillsNewCommand: CommandDefinition {
    let name = "new"
    let summary = "Make the folder of a new skill: valid, with tests that pass."
    let examples = [CommandExample("Start a skill with tools in Python", "skillweaver skills new pdf-forms")]

    let skill = Argument<String>("NAME", as: .nonBlank, "Lower-case letters, digits and hyphens.")
    let template = Option<SkillTemplate>(
        "template",
        value: "KIND",
        default: .python,
        "python (tools with schemas), script (a document and a script) or document."
    )
    let into = Option<String>("into", value: "DIR", as: .folder, default: ".", "The folder to make it in.")

    var parameters: [any ParameterDeclaration] { [skill, template, into] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let folder = try SkillScaffold.make(values[skill], from: values[template], in: values[into])
        if context.wantsJSON {
            try context.console.writeJSON([
                "name": .string(values[skill]), "folder": .string(folder),
                "template": .string(values[template].rawValue),
            ])
        } else {
            try context.console.writeLine(folder.printable)
            context.console.note("now edit its SKILL.md; 'skillweaver skills test \(folder)' runs its tests")
        }
        return .done
    }
}

extension SkillTemplate: CommandLineValue {}
