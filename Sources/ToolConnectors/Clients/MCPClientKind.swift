package import JSONSchema

/// A program that speaks to MCP servers and keeps which ones in a file.
package enum MCPClientKind: String, Sendable, Hashable, CaseIterable {
    case claudeDesktop = "claude-desktop"
    case claudeCode = "claude-code"
    case cursor
    case vscode

    /// What people call it.
    package var title: String {
        switch self {
        case .claudeDesktop: "Claude Desktop"
        case .claudeCode: "Claude Code"
        case .cursor: "Cursor"
        case .vscode: "VS Code"
        }
    }

    /// The member of its file that holds the servers.
    package var shape: MCPConfiguration.Shape { self == .vscode ? .servers : .mcpServers }

    /// The file with the servers of a user, on Linux.
    ///
    /// Claude Desktop and VS Code follow `XDG_CONFIG_HOME`.
    /// - Returns: nil where `environment` has no home.
    package func userFile(environment: (String) -> String?) -> String? {
        guard let home = environment("HOME"), home.hasPrefix("/") else { return nil }
        let configured = environment("XDG_CONFIG_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
        let settings = configured ?? "\(home)/.config"
        switch self {
        case .claudeDesktop: return "\(settings)/Claude/claude_desktop_config.json"
        case .claudeCode: return "\(home)/.claude.json"
        case .cursor: return "\(home)/.cursor/mcp.json"
        case .vscode: return "\(settings)/Code/User/mcp.json"
        }
    }

    /// The file with the servers of one project; nil where the client knows none.
    package func projectFile(in project: String) -> String? {
        switch self {
        case .claudeDesktop: nil
        case .claudeCode: "\(project)/.mcp.json"
        case .cursor: "\(project)/.cursor/mcp.json"
        case .vscode: "\(project)/.vscode/mcp.json"
        }
    }

    /// Whether a file lies where projects keep their servers: anybody who writes to the project may have written it.
    package static func isProjectFile(_ path: String) -> Bool {
        [".mcp.json", ".cursor/mcp.json", ".vscode/mcp.json"].contains { path.hasSuffix("/\($0)") }
    }

    /// A server as the client writes it down.
    package func entry(command: String, arguments: [String]) -> JSONValue {
        switch self {
        case .claudeDesktop, .cursor: ["command": .string(command), "args": JSONValue(arguments)]
        case .claudeCode, .vscode:
            ["type": "stdio", "command": .string(command), "args": JSONValue(arguments)]
        }
    }
}
