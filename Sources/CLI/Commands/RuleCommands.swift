import CommandLineInterface
import JSONSchema
import SkillRouting
import SkillWeaver

/// `skillweaver rules …`
enum RuleCommands {
    static let group = CommandGroup(
        "rules",
        "Say which skills of a library you prefer, and which you avoid.",
        [
            RuleCommand(
                name: "prefer",
                rule: .prefer,
                summary: "Put a skill first wherever it fits nearly as well as the best."
            ),
            RuleCommand(name: "avoid", rule: .avoid, summary: "Put a skill behind the others that fit."),
            RuleCommand(name: "forget", rule: nil, summary: "Take a rule about a skill back."),
            RulesListCommand(),
        ]
    )
}

/// `skillweaver rules prefer|avoid|forget SKILL`
struct RuleCommand: CommandDefinition {
    let name: String
    let rule: SkillPreferences.Rule?
    let summary: String

    let skill = Argument<String>("SKILL", as: .nonBlank, "Id or name of the skill.")

    var parameters: [any ParameterDeclaration] { [skill, GlobalOptions.library, GlobalOptions.store] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let options = try context.routerOptions(values)
        let reference = try values.libraryReference
        let wanted = values[skill]
        let known = try options.home.preferences(of: reference).rules
        // A rule about a skill that has gone can still be taken back.
        let isForgotten = rule == nil && known[wanted] != nil
        let id = isForgotten ? wanted : try await Self.id(of: wanted, in: reference, options)
        try options.home.keep(rule, about: id, of: reference)
        if context.wantsJSON {
            try context.console.writeJSON(["skill": .string(id), "rule": rule.map { .string($0.rawValue) } ?? .null])
        } else {
            context.console.note(rule.map { "\($0.rawValue): \(id)" } ?? "no rule about \(id) any more")
        }
        return .done
    }

    private static func id(
        of name: String,
        in reference: LibraryReference,
        _ options: RouterOptions
    ) async throws -> String {
        let library = try await RouterResources.catalog(reference, options: options)
        let matches = try await library.ids(matching: name)
        if matches.contains(name) { return name }
        guard matches.count <= 1 else {
            throw CommandError(
                "ambiguous-skill",
                "several skills are called '\(name)': \(matches.joined(separator: ", "))"
            )
        }
        guard let id = matches.first else {
            let nearest = nearestWord(to: name, among: try await library.overview().map(\.id))
            throw CommandError(
                "unknown-skill",
                "the library '\(library.name)' has no skill '\(name)'",
                hint: nearest.map { "did you mean '\($0)'?" } ?? "'skillweaver skills list' names them all"
            )
        }
        return id
    }
}

/// `skillweaver rules list`
struct RulesListCommand: CommandDefinition {
    let name = "list"
    let summary = "List the rules about the skills of a library."

    var parameters: [any ParameterDeclaration] { [GlobalOptions.library, GlobalOptions.store] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let home = try context.routerOptions(values).home
        let rules = try home.preferences(of: values.libraryReference).rules.sorted { $0.key < $1.key }
        if context.wantsJSON {
            try context.console.writeJSON([
                "rules": .object(JSONObject(rules.map { ($0.key, .string($0.value.rawValue)) }))
            ])
        } else {
            for (skill, rule) in rules { try context.console.writeLine("\(rule.rawValue)  \(skill.printable)") }
        }
        return .done
    }
}
