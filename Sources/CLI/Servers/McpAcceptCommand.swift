package import CommandLineInterface
import JSONSchema
import SkillWeaver
import ToolConnectors

/// `skillweaver mcp accept`
struct McpAcceptCommand: CommandDefinition {
    let name = "accept"
    let summary = "Accept that an MCP server has changed the definitions of its tools."
    let discussion = """
        What a tool says about itself is remembered when its server is first seen. A tool whose definition has changed since \
        is not called until you accept the change: look at it first with 'skillweaver mcp inspect FILE --tools'. Without \
        SERVER the changes that wait are listed.
        """
    let examples = [CommandExample("Accept what a server changed", "skillweaver mcp accept github")]

    let server = Argument<String?>("SERVER", "The server's name in its configuration.")
    let tool = Option<[String]>("tool", value: "NAME", as: .nonBlank, "Only this tool. Repeatable.")

    var parameters: [any ParameterDeclaration] { [server, tool] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let options = try context.routerOptions(values)
        let pins = try MCPToolPins(file: "\(options.home.folder)/mcp/accepted.json")
        guard let name = values[server] else {
            if context.wantsJSON {
                try context.console.writeJSON([
                    "pending": .array(
                        pins.pending.map { ["server": .string($0.server), "tools": JSONValue($0.tools)] }
                    )
                ])
            } else {
                for (server, tools) in pins.pending {
                    try context.console.writeLine("\(server): \(tools.joined(separator: ", "))".printable)
                }
                if pins.pending.isEmpty { context.console.note("no changed definition waits to be accepted") }
            }
            return .done
        }
        let accepted = try pins.accept(values[tool].isEmpty ? nil : values[tool], of: name)
        if context.wantsJSON {
            try context.console.writeJSON(["server": .string(name), "accepted": JSONValue(accepted)])
        } else {
            context.console.note(
                accepted.isEmpty
                    ? "nothing of \(name) waits to be accepted" : "accepted: \(accepted.joined(separator: ", "))"
            )
        }
        return accepted.isEmpty ? .failed : .done
    }
}

extension MCPPinsError: CommandErrorConvertible {
    package var commandError: CommandError { CommandError("mcp-accepted-file", description) }
}
