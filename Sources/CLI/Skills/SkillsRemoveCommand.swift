import CommandLineInterface
import JSONSchema
import SkillAuthoring
import SkillRouting

/// `skillweaver skills remove NAME`
struct SkillsRemoveCommand: CommandDefinition {
    let name = "remove"
    let summary = "Remove an installed skill."

    let skill = Argument<String>("NAME", as: .nonBlank, "The name of the skill's folder.")

    var parameters: [any ParameterDeclaration] { [skill, InstallOptions.into] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let installer = try context.installer(values)
        // Its environment is named after its place, so it is looked for while the skill is still there.
        try SkillEnvironments(home: context.routerOptions(values).home.folder)
            .remove("\(installer.destination)/\(values[skill])")
        let folder = try await installer.remove(values[skill])
        if context.wantsJSON {
            try context.console.writeJSON(["removed": .string(folder)])
        } else {
            try context.console.writeLine("removed \(folder)".printable)
        }
        return .done
    }
}
