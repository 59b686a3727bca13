import CommandLineInterface
import JSONSchema
import SkillAuthoring

/// `skillweaver skills remove NAME`
struct SkillsRemoveCommand: CommandDefinition {
    let name = "remove"
    let summary = "Remove an installed skill."

    let skill = Argument<String>("NAME", as: .nonBlank, "The name of the skill's folder.")

    var parameters: [any ParameterDeclaration] { [skill, InstallOptions.into] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let folder = try context.installer(values).remove(values[skill])
        if context.wantsJSON {
            try context.console.writeJSON(["removed": .string(folder)])
        } else {
            try context.console.writeLine("removed \(folder)".printable)
        }
        return .done
    }
}
