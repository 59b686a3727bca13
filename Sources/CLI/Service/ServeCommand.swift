import CommandLineInterface
import SkillService
import SkillWeaver

/// `skillweaver serve`
struct ServeCommand: CommandDefinition {
    let name = "serve"
    let summary = "Serve libraries over HTTP: a JSON API, a console for browsers, and MCP."
    let discussion = """
        The console's address is shown on a terminal; it holds the token of this installation, which may do everything and \
        is kept in service/token in the folder of --home. 'skillweaver serve token create' makes others, with fewer rights \
        and an end.

        Searching and routing need no token on this machine. Whatever concerns runs does, and so does everything where \
        --host is open to the network. GET /openapi.json describes the API; MCP clients connect to /mcp.

        Runs are driven here, and go on after a restart; with --leave-runs they are left to workers ('skillweaver worker').

        Works until Ctrl-C or SIGTERM; then runs have --grace seconds to end, and the rest of them is in the journal.
        """
    let examples = [
        CommandExample("Serve the bundled skills", "skillweaver serve"),
        CommandExample(
            "Serve two libraries, kept in step with their sources",
            "skillweaver serve -l mine -l team --watch"
        ),
        CommandExample("Make a token for a program", "skillweaver serve token create --name ci --scope runs:write"),
    ]

    var parameters: [any ParameterDeclaration] {
        [
            ServeOptions.host, ServeOptions.port, ServeOptions.libraries, ServerOptions.config,
            RunStoreChoice.libraryAndRuns, ServeOptions.watch, ServeOptions.leaveRuns, ServerOptions.allowHost,
            ServerOptions.allowOrigin, ServerOptions.pin, ServeOptions.approve, ServeOptions.workspace,
            ServeOptions.concurrency, ServeOptions.grace, ServeTelemetry.logLevel, ServeTelemetry.logFormat,
            RunSettings.group, DecomposerOptions.group,
            ModelOptions.group,
        ]
    }

    var subcommands: [any CommandTree] { [ServeTokenCommands.group] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        ServeMemory.keepToWhatIsUsed()
        let setup = try await ServeSetup(values, in: context)
        try await setup.serve()
        return .done
    }
}
