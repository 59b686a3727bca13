import CommandLineInterface
import PlanComposition
import SkillWeaver

/// `skillweaver plan show FILE`
struct PlanShowCommand: CommandDefinition {
    let name = "show"
    let summary = "Show a plan file as a table, as JSON or as a drawing."
    let examples = [CommandExample("Draw a plan", "skillweaver plan show plan.json --format svg > plan.svg")]

    let file = Argument<String>("FILE", as: .file, "A plan, as 'route --out' writes it.")
    let format = Option<PlanFormat>("format", value: "FORMAT", default: .table, "How the plan is shown.")

    var parameters: [any ParameterDeclaration] { [file, format] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let document = try PlanFiles.read(values[file])
        for member in document.unknownMembers { context.console.warn(member.description) }
        let chosen = context.wantsJSON && !values.wasGiven(format) ? .json : values[format]
        try await chosen.write(document.plan, to: context.console)
        return .done
    }
}
