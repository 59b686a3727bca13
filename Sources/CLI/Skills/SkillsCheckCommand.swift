import CommandLineInterface
import JSONSchema
import SkillAuthoring
import SkillCatalog
import SkillRouting

/// `skillweaver skills check NAME…`
struct SkillsCheckCommand: CommandDefinition {
    let name = "check"
    let summary = "Say what skills need from this machine, and what is missing."
    let discussion = """
        A skill names what it needs in its front matter, metadata.requires-commands and metadata.requires-environment, as \
        words, and its Python packages in requirements.txt. Exits with 1 when something is missing.
        """

    let names = Argument<[String]>("SKILL", as: .nonBlank, "A folder, an installed skill, or a skill of the library.")

    var parameters: [any ParameterDeclaration] { [names, GlobalOptions.library] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let home = try context.routerOptions(values).home
        let environment = context.environment
        let check = try NeedsCheck(home: home.folder) { environment[$0] }
        let place = SkillPlace(values: values, context: context)
        var isReady = true
        var entries: [JSONValue] = []
        for name in values[names] {
            let skill = try await place.skill(name)
            let findings = try check.findings(for: skill)
            let isComplete = findings.allSatisfy { $0.state == .found }
            isReady = isReady && isComplete
            if context.wantsJSON {
                entries.append([
                    "skill": .string(skill.id), "ready": .bool(isComplete),
                    "compatibility": JSONValue(skill.compatibility), "needs": .array(findings.map(\.json)),
                ])
            } else {
                try show(skill, findings, console: context.console)
            }
        }
        if context.wantsJSON {
            try context.console.writeJSON(["ready": .bool(isReady), "skills": .array(entries)])
        }
        return isReady ? .done : .failed
    }

    private func show(_ skill: Skill, _ findings: [NeedsCheck.Finding], console: Console) throws {
        let isReady = findings.allSatisfy { $0.state == .found }
        try console.writeLine(console.style(skill.id.printable, .bold) + (isReady ? " is ready" : " lacks something"))
        if let needs = skill.compatibility { try console.writeLine("  " + needs.printable) }
        for finding in findings {
            try console.writeLine(
                "  \(finding.state.rawValue) \(finding.kind.rawValue) \(finding.name): \(finding.detail)".printable
            )
            if let advice = finding.advice { try console.writeLine("    " + advice.printable) }
        }
    }
}

/// `skillweaver skills prepare NAME…`
struct SkillsPrepareCommand: CommandDefinition {
    let name = "prepare"
    let summary = "Make the private Python environments that skills need, with the network."
    let discussion = """
        Each skill with a requirements.txt gets an environment of its own in the program's home. Only packages that need no \
        building are taken, so nothing of them runs while they are installed.
        """

    let names = Argument<[String]>("SKILL", as: .nonBlank, "A folder, an installed skill, or a skill of the library.")

    var parameters: [any ParameterDeclaration] { [names, GlobalOptions.library] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        var entries: [JSONValue] = []
        for name in values[names] {
            let (skill, folder) = try await SkillPlace(values: values, context: context).folder(name)
            let interpreter = try await context.prepare(skill, in: folder, values)
            entries.append(["skill": .string(skill.id), "interpreter": JSONValue(interpreter)])
            if !context.wantsJSON {
                try context.console.writeLine("\(skill.id): \(interpreter ?? "needs no packages")".printable)
            }
        }
        if context.wantsJSON { try context.console.writeJSON(["skills": .array(entries)]) }
        return .done
    }
}

extension CommandContext {
    /// Makes the Python environment of a skill; the interpreter in it, or nil where the skill needs none.
    func prepare(_ skill: Skill, in folder: String, _ values: ParsedValues) async throws -> String? {
        let environments = SkillEnvironments(home: try routerOptions(values).home.folder)
        let environment = environment
        let state = try await console.withProgress("Preparing \(skill.name)") { _ in
            try await environments.prepare(folder) { environment[$0] }
        }
        guard case .ready(let interpreter) = state else { return nil }
        return interpreter
    }
}
