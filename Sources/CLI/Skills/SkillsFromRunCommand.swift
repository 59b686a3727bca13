import CommandLineInterface
import JSONSchema
import PlanExecution
import SkillAuthoring
import SkillRouting
import SkillWeaver
import Storage

/// `skillweaver skills from-run RUN`
struct SkillsFromRunCommand: CommandDefinition {
    let name = "from-run"
    let summary = "Make a skill of a run that went well: its plan, with what was said as parameters, and its test."
    let discussion = """
        The steps become a plan with open places. What the request or a person said is asked for at each call, under the name \
        of the argument it was bound to; what nobody said stays as it was. Secrets are always asked for, and written nowhere. \
        The skill has one tool, which runs the plan with the same grants, rules and recovery as any run; call it as any other \
        tool. Its test calls it with the values of the run and compares the shape of the result.

        A skill that is made in a project is trusted as it is now.
        """
    let examples = [
        CommandExample(
            "Make a skill of a run",
            "skillweaver skills from-run 20260501-123005-k7mw2 --name weekly-report"
        ),
        CommandExample(
            "Ask for a value that nobody said, and keep one that was",
            "skillweaver skills from-run 20260501-123005-k7mw2 --parameter s2.limit=rows --constant s1.format"
        ),
    ]

    let skillName = Option<String?>(
        "name",
        value: "NAME",
        as: .nonBlank,
        "Lower-case letters, digits and hyphens. Default: the first words of the request."
    )
    let description = Option<String?>(
        "description",
        value: "TEXT",
        as: .nonBlank,
        "What it does and when to use it. Default: the request and the tools it calls."
    )
    let parameter = Option<[String]>(
        "parameter",
        value: "STEP.ARGUMENT[=NAME]",
        as: .text,
        "Ask for this value too, or under another name; repeatable."
    )
    let constant = Option<[String]>(
        "constant",
        value: "STEP.ARGUMENT",
        as: .text,
        "Keep this value as it was, though it was said; repeatable."
    )
    let withFiles = Flag("with-files", "Copy the files of the workspace that the inputs name, for the test.")
    let force = Flag("force", "Replace a skill of that name.")
    let into = Option<String?>(
        "into",
        value: "DIR",
        as: .folder,
        "The folder to make it in. Default: .skillweaver/skills where this folder has it, else that of installed skills."
    )

    var parameters: [any ParameterDeclaration] {
        [
            RunsCommands.run, skillName, description, parameter, constant, withFiles, force, into,
            RunStoreChoice.store,
        ]
    }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let home = try context.routerOptions(values).home
        let run = values[RunsCommands.run]
        let store = try context.runStore(values)
        let definition = try await store.definition(of: run)
        var state = RunState(definition)
        let entries = try await store.refresh(&state)
        var options = RunDistiller.Options()
        options.name = values[skillName]
        options.description = values[description]
        options.parameters = values[parameter]
        options.constants = values[constant]
        options.bringsFiles = values[withFiles]
        options.replaces = values[force]
        let names = Set(try home.grants().skills.values.flatMap(\.environment))
        let secrets = names.compactMap { context.environment[$0] }.filter { !$0.isEmpty }
        let distiller = RunDistiller(state: state, entries: entries, redactor: SecretRedactor(secrets))
        let place = values[into] ?? defaultPlace(home)
        let made = try distiller.distil(options, into: place)
        if ProjectSkills.isProjectPlace(made.folder) { try await TrustStore(home: home.folder).trust(made.folder) }
        for remark in made.remarks { context.console.warn(remark) }
        if context.wantsJSON {
            try context.console.writeJSON([
                "name": .string(made.name), "folder": .string(made.folder), "tool": .string(made.tool),
                "parameters": JSONValue(made.parameters), "secrets": JSONValue(made.secrets),
                "remarks": JSONValue(made.remarks),
            ])
        } else {
            try context.console.writeLine(made.folder.printable)
            let list = made.parameters.isEmpty ? "nothing" : made.parameters.joined(separator: ", ")
            context.console.note("its tool \(made.tool) asks for \(list)".printable)
            context.console.note(
                "'skillweaver skills test \(made.folder)' tests it; 'skillweaver index \(place) --library mine' makes it findable"
                    .printable
            )
        }
        return .done
    }

    private func defaultPlace(_ home: SkillHome) -> String {
        let project = FileSystem.absolute(".skillweaver/skills")
        return FileSystem.isFolder(project) ? project : "\(home.folder)/skills"
    }
}
