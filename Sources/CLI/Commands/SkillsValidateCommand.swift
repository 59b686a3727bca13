import CommandLineInterface
import JSONSchema
import SkillWeaver
import Storage

/// `skillweaver skills validate FOLDER…`
struct SkillsValidateCommand: CommandDefinition {
    let name = "validate"
    let summary = "Check skill folders against the Agent Skills rules, strictly."
    let discussion = "Exits with 1 when a rule is broken; warnings alone exit with 0."

    let folders = Argument<[String]>("FOLDER", as: .folder, "A folder with a SKILL.md.")

    var parameters: [any ParameterDeclaration] { [folders] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        var results: [(folder: String, diagnostics: [Diagnostic])] = []
        for folder in values[folders] {
            try Task.checkCancellation()
            results.append((folder, SkillValidator.validate(folder: FileSystem.absolute(folder))))
        }
        let all = results.flatMap(\.diagnostics)
        let errors = all.count { $0.severity == .error }
        if context.wantsJSON {
            try context.console.writeJSON([
                "valid": .bool(errors == 0),
                "skills": .array(
                    results.map { result in
                        ["folder": .string(result.folder), "diagnostics": .array(result.diagnostics.map(\.json))]
                    }
                ),
            ])
        } else {
            for diagnostic in all { try context.console.writeLine(diagnostic.description.printable) }
            let skills = results.count == 1 ? "1 skill" : "\(results.count) skills"
            try context.console.writeLine("\(skills) checked: \(errors) errors, \(all.count - errors) warnings")
        }
        return errors == 0 ? .done : .failed
    }
}
