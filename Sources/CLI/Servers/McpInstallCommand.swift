import CommandLineInterface
import Glibc
import JSONSchema
import SkillCatalog
import SkillWeaver
import Storage
import ToolConnectors

/// `skillweaver mcp install`
struct McpInstallCommand: CommandDefinition {
    let name = "install"
    let summary = "Write this program as an MCP server into the settings of a client, or take it out."
    let discussion = """
        The rest of the client's file stays as it is, with its comments; a copy of the file is kept beside it. With --print \
        nothing is written and the file is shown as it would be. Restart the client afterwards.

        Claude Desktop keeps its servers in claude_desktop_config.json, Claude Code in ~/.claude.json, Cursor in \
        ~/.cursor/mcp.json, VS Code in the mcp.json of the user's profile; with --project it is the project's own file \
        (.mcp.json, .cursor/mcp.json, .vscode/mcp.json).
        """
    let examples = [
        CommandExample("See what would be written", "skillweaver mcp install --client vscode --print"),
        CommandExample(
            "Serve a library of yours to Claude Code",
            "skillweaver mcp install --client claude-code --library mine"
        ),
        CommandExample("Take it out again", "skillweaver mcp install --client cursor --uninstall"),
    ]

    let client = Option<MCPClientKind?>("client", value: "CLIENT", "The client whose settings are changed.")
    let serverName = Option<String>(
        "name",
        value: "NAME",
        as: .nonBlank,
        default: "skillweaver",
        "What the server is called there."
    )
    let project = Option<String?>(
        "project",
        value: "DIR",
        as: .folder,
        "Write the file of this project instead of the user's."
    )
    let file = Option<String?>("file", value: "FILE", as: .file, "Write this file instead of the client's usual one.")
    let command = Option<String?>(
        "command",
        value: "PATH",
        as: .file,
        "The program the client starts. Default: this one, by its full path."
    )
    let dryRun = Flag("print", "Write nothing; show the file as it would be.")
    let uninstall = Flag("uninstall", "Take the server out.")

    var parameters: [any ParameterDeclaration] {
        [client, GlobalOptions.library, serverName, project, file, command, dryRun, uninstall]
    }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        guard let kind = values[client] else { throw CommandError.usage("name the client with --client") }
        let settings = SettingsFile(path: try path(of: kind, values, context))
        let edit = SettingsEdit(shape: kind.shape, name: values[serverName])
        let entry = kind.entry(command: try program(values), arguments: arguments(values, context))
        let change: SettingsFile.Change
        do {
            change = try settings.change { bytes throws(SettingsEdit.Fault) in
                try values[uninstall] ? edit.removing(from: bytes) : edit.adding(entry, to: bytes)
            }
        } catch let fault as SettingsEdit.Fault {
            throw CommandError("settings-unreadable", "\(settings.path): \(fault)")
        }
        if values[dryRun] {
            if context.wantsJSON {
                try show(change, written: false, kind, context)
            } else {
                context.console.note("\(change.path) would be:")
                try context.console.writeLine(String(decoding: change.after, as: UTF8.self).trimmedAtEnd)
            }
            return .done
        }
        let done = try settings.write(change)
        if context.wantsJSON {
            try show(done, written: !done.isEmpty, kind, context)
        } else if done.isEmpty {
            try context.console.writeLine("\(done.path) is as it should be; nothing was written".printable)
        } else {
            try context.console.writeLine("wrote \(done.path)".printable)
            if let backup = done.backup { context.console.note("what was there is in \(backup)") }
            context.console.note("restart \(kind.title) to take it over")
        }
        return .done
    }

    private func show(
        _ change: SettingsFile.Change,
        written: Bool,
        _ kind: MCPClientKind,
        _ context: CommandContext
    ) throws {
        try context.console.writeJSON([
            "client": .string(kind.rawValue), "file": .string(change.path), "changed": .bool(!change.isEmpty),
            "written": .bool(written), "backup": JSONValue(change.backup),
            "content": .string(String(decoding: change.after, as: UTF8.self)),
        ])
    }

    private func path(of kind: MCPClientKind, _ values: ParsedValues, _ context: CommandContext) throws -> String {
        if let file = values[file] { return FileSystem.absolute(file) }
        if let project = values[project] {
            guard let path = kind.projectFile(in: FileSystem.absolute(project)) else {
                throw CommandError.usage("\(kind.title) keeps no servers for projects; leave --project out")
            }
            return path
        }
        guard let path = kind.userFile(environment: { context.environment[$0] }) else {
            throw CommandError.usage("HOME is not set; name the file with --file")
        }
        return path
    }

    private func program(_ values: ParsedValues) throws -> String {
        if let command = values[command] { return command.contains("/") ? FileSystem.absolute(command) : command }
        guard let resolved = realpath("/proc/self/exe", nil) else {
            throw CommandError.usage("where this program is cannot be told; name it with --command")
        }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// The command the client runs; it starts somewhere else, so paths are absolute.
    private func arguments(_ values: ParsedValues, _ context: CommandContext) -> [String] {
        var arguments = ["mcp"]
        if let library = values[GlobalOptions.library] {
            let isPath = library.contains("/") && !library.contains("://")
            arguments += ["--library", isPath ? SkillPath(path: library).location : library]
        }
        if let home = values[GlobalOptions.home] { arguments += ["--home", FileSystem.absolute(home)] }
        return arguments
    }
}

extension MCPClientKind: CommandLineValue {}

extension String {
    /// Without line breaks at the end, for a line that adds its own.
    fileprivate var trimmedAtEnd: String {
        var text = self[...]
        while text.last?.isNewline == true { text.removeLast() }
        return String(text)
    }
}
