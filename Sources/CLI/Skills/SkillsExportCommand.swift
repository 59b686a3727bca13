import CommandLineInterface
import JSONSchema
import SkillAuthoring
import SkillCatalog
import Storage

/// `skillweaver skills export NAME --to FORMAT`
struct SkillsExportCommand: CommandDefinition {
    let name = "export"
    let summary = "Write a skill in the shape that another program reads."
    let discussion = """
        agent-skills makes a folder whose document describes the tools and whose script calls them; openai is a list of \
        functions for models, mcp the answer of a server to tools/list.
        """
    let examples = [CommandExample("For a model's API", "skillweaver skills export csv-parser --to openai")]

    let skill = Argument<String>("SKILL", as: .nonBlank, "A folder, an installed skill, or a skill of the library.")
    let format = Option<SkillExport.Format>("to", value: "FORMAT", "agent-skills, openai or mcp.")
    let out = Option<String?>(
        "out",
        value: "PATH",
        as: .file,
        "The file to write, or the folder to make the skill's folder in. Default: standard output, or this folder."
    )

    var parameters: [any ParameterDeclaration] { [skill, format, out, GlobalOptions.library] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let found = try await SkillPlace(values: values, context: context).skill(values[skill])
        let json: JSONValue
        switch values[format] {
        case .agentSkills:
            let folder = try AgentSkillsExport.write(found, in: values[out] ?? ".")
            if context.wantsJSON {
                try context.console.writeJSON(["folder": .string(folder)])
            } else {
                try context.console.writeLine(folder.printable)
            }
            return .done
        case .openAI: json = SkillExport.openAI(found)
        case .mcp: json = SkillExport.mcp(found)
        }
        if found.tools.isEmpty { context.console.warn("\(found.name) has no tools") }
        guard let file = values[out] else {
            try context.console.writeLine(json.serialized(.indented))
            return .done
        }
        let path = FileSystem.absolute(file)
        try SkillArchive.write(Array((json.serialized(.indented) + "\n").utf8), to: path)
        try context.console.writeLine(path.printable)
        return .done
    }
}

extension SkillExport.Format: CommandLineValue {}
