import CommandLineInterface
import JSONSchema
import ModelContextProtocol
import SkillWeaver

/// `skillweaver mcp logout`
struct McpLogoutCommand: CommandDefinition {
    let name = "logout"
    let summary = "Forget the tokens of an MCP server."
    let discussion = """
        The tokens are removed from your home, and the authorization server is told to forget them where it takes that. \
        Exits with 1 when there were none.
        """
    let examples = [CommandExample("Log out", "skillweaver mcp logout linear --config ~/.cursor/mcp.json")]

    var parameters: [any ParameterDeclaration] { [McpLoginCommand.server, McpLoginCommand.config] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let options = try context.routerOptions(values)
        let login = try McpLoginCommand.login(values, context)
        let authorizer = try login.neededAuthorizer(
            home: options.home,
            environment: context.environment,
            browser: nil
        )
        let isRemoved = try await authorizer.logout()
        let name = login.server.name
        if context.wantsJSON {
            try context.console.writeJSON(["server": .string(name), "logged_out": .bool(isRemoved)])
        } else {
            context.console.note(isRemoved ? "logged out of \(name)" : "there were no tokens of \(name)")
        }
        return isRemoved ? .done : .failed
    }
}
