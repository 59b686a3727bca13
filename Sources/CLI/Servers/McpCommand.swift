import CommandLineInterface
import SkillWeaver

/// `skillweaver mcp`
struct McpCommand: CommandDefinition {
    let name = "mcp"
    let summary = "Serve a library of any size to MCP clients as one server of ten tools."
    let discussion = """
        Speaks the Model Context Protocol over standard input and output, or over HTTP with --http, in both of its eras. \
        Clients find skills with search_skills, read them with load_skill, call their tools with call_tool, and run whole \
        requests with plan_request and run_plan.

        With --config the tools of other MCP servers are behind it; what they list is remembered, so that they start only \
        when one of their tools is called. What a server says about its tools' effects counts only where its entry has \
        "skillweaver": {"trusted": true}; calls of all other tools are put before the person behind the client. Servers that \
        want a login are used once 'skillweaver mcp login' has been there.

        Over HTTP the environment variable SKILLWEAVER_TOKEN names a token clients must send; without it only programs of \
        this machine are answered.
        """
    let examples = [
        CommandExample("Serve your client's own servers through one", "skillweaver mcp --config ~/.cursor/mcp.json"),
        CommandExample("Serve a library over HTTP", "skillweaver mcp --library mine --http 8765"),
        CommandExample("Write it into a client's settings", "skillweaver mcp install --client claude-code"),
    ]

    var parameters: [any ParameterDeclaration] {
        [
            ServerOptions.config, GlobalOptions.library, ServerOptions.http, ServerOptions.host,
            ServerOptions.allowHost,
            ServerOptions.allowOrigin, ServerOptions.authorizationServer, ServerOptions.pin, ServerOptions.approve,
            ServerOptions.workspace, RunSettings.group, DecomposerOptions.group, ModelOptions.group,
        ]
    }

    var subcommands: [any CommandTree] {
        [McpInstallCommand(), McpInspectCommand(), McpAcceptCommand(), McpLoginCommand(), McpLogoutCommand()]
    }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let setup = try await GatewaySetup(values, in: context)
        do {
            try await setup.serve(values, in: context)
            await setup.close()
        } catch {
            await setup.close()
            throw error
        }
        return .done
    }
}
