import CommandLineInterface
import JSONSchema
import SkillAuthoring
import SkillCatalog
import SkillRouting
import ToolConnectors

/// `skillweaver trust PATH`
struct TrustCommand: CommandDefinition {
    let name = "trust"
    let summary = "Allow the skills of a project, or the MCP servers it names, as they are now."
    let discussion = """
        Whoever writes to a project can put skills into it, so they are listed but neither loaded nor run until they are \
        trusted. What is trusted is their content: a skill that changes must be trusted again. Look at a skill before you \
        trust it.

        PATH is a skill's folder, a project with skills in .skillweaver/skills, .agents/skills or skills, or a project's \
        configuration of MCP servers (.mcp.json, .cursor/mcp.json, .vscode/mcp.json).
        """
    let examples = [
        CommandExample("See the skills of a project", "skillweaver skills list --project"),
        CommandExample("Trust one of them", "skillweaver trust .agents/skills/release-notes"),
    ]

    let path = Argument<String>("PATH", as: .file, "A skill's folder, a project, or a configuration of MCP servers.")
    let revoke = Flag("revoke", "Trust no longer.")

    var parameters: [any ParameterDeclaration] { [path, revoke] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let store = TrustStore(home: try context.routerOptions(values).home.folder)
        let folder = SkillFolders.absolute(values[path])
        if MCPClientKind.isProjectFile(folder) { return try await configure(folder, store, values, in: context) }
        var folders = try await SkillFolders.skills(in: folder).compactMap(\.origin.folder).filter { $0 == folder }
        if folders.isEmpty { folders = try await ProjectSkills(store: store).entries(in: folder).map(\.folder) }
        guard !folders.isEmpty else {
            throw CommandError(
                "skill-missing",
                "\(values[path]) is no skill, and no project with skills",
                hint: "skills of a project are in \(ProjectSkills.places.joined(separator: ", "))"
            )
        }
        var entries: [JSONValue] = []
        for folder in folders {
            if values[revoke] {
                let wasTrusted = try await store.revoke(folder)
                entries.append(["folder": .string(folder), "trusted": false])
                if !context.wantsJSON {
                    try context.console.writeLine(
                        (wasTrusted ? "not trusted: " : "was not trusted: ") + folder.printable
                    )
                }
            } else {
                let hash = try await store.trust(folder)
                entries.append(["folder": .string(folder), "trusted": true, "hash": .string(hash.text)])
                if !context.wantsJSON { try context.console.writeLine("trusted: \(folder)  \(hash.text)".printable) }
            }
        }
        if context.wantsJSON { try context.console.writeJSON(["skills": .array(entries)]) }
        return .done
    }

    private func configure(
        _ file: String,
        _ store: TrustStore,
        _ values: ParsedValues,
        in context: CommandContext
    ) async throws -> ExitCode {
        var entry: JSONObject = ["file": .string(file), "trusted": .bool(!values[revoke])]
        let line: String
        if values[revoke] {
            line = try await store.revoke(configuration: file) ? "not trusted: \(file)" : "was not trusted: \(file)"
        } else {
            let hash = try await store.trust(configuration: file)
            entry["hash"] = .string(hash)
            line = "trusted: \(file)  \(hash)"
        }
        if context.wantsJSON {
            try context.console.writeJSON(["configurations": [.object(entry)]])
        } else {
            try context.console.writeLine(line.printable)
        }
        return .done
    }
}
