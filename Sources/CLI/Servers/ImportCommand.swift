import CommandLineInterface
import JSONSchema
import LanguageModels
import SkillHarness
import SkillRouting
import SkillWeaver
import Storage
import ToolConnectors

/// `skillweaver import`
struct ImportCommand: CommandDefinition {
    let name = "import"
    let summary = "Make a library of the MCP servers a client uses, and say what that changes."
    let discussion = """
        Every server is started once, asked for its tools and ended; a library is made of them, which 'skillweaver mcp \
        --config FILE' serves. The report says what the tools cost in every request before and after, which are double or \
        cannot be called, which servers fail or are slow, and where three sample requests would go. The client's settings \
        stay as they are; 'skillweaver mcp install' changes them.

        Of a project's own file nothing is started unless --project names the project.
        """
    let examples = [
        CommandExample("Your editor's servers", "skillweaver import --from cursor"),
        CommandExample("A file", "skillweaver import --from ./servers.json --json"),
    ]

    let from = Option<String?>(
        "from",
        value: "CLIENT|FILE",
        as: .nonBlank,
        "claude-desktop, claude-code, cursor, vscode, or a file with `mcpServers` or `servers`."
    )
    let project = Option<String?>(
        "project",
        value: "DIR",
        as: .folder,
        "Read the client's file of this project instead of the user's."
    )
    let noIndex = Flag("report-only", "Make no library; only look and report.")

    var parameters: [any ParameterDeclaration] { [from, project, noIndex] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        guard let word = values[from] else { throw CommandError.usage("say where from with --from") }
        var options = try context.routerOptions(values)
        let file = try ImportOrigin(word).file(
            project: values[project].map(FileSystem.absolute),
            environment: { context.environment[$0] }
        )
        let servers = try ConfiguredServers([file], home: options.home, environment: context.environment)
        options.secrets += servers.secrets
        let report: ImportReport
        do {
            report = try await look(at: servers, options, indexes: !values[noIndex], in: context)
            await servers.pool.close()
        } catch {
            await servers.pool.close()
            throw error
        }
        if context.wantsJSON {
            try context.console.writeJSON(report.json)
        } else {
            for line in report.lines { try context.console.writeLine(line.printable) }
            context.console.note("serve them with 'skillweaver mcp --config \(file)'")
        }
        return .done
    }

    private func look(
        at servers: ConfiguredServers,
        _ options: RouterOptions,
        indexes: Bool,
        in context: CommandContext
    ) async throws -> ImportReport {
        let inspected = await PoolInspection(pool: servers.pool).inspect(servers.configurations)
        try Task.checkCancellation()
        var routes: [ImportReport.SampleRoute] = []
        if indexes {
            let indexing = try await servers.index(asking: .all, options)
            for failure in indexing.failures { context.console.warn("\(failure)") }
            let name = try servers.location(in: options.home).name
            if inspected.contains(where: { !$0.tools.isEmpty }) {
                let router = try await SkillRouter(library: .named(name), options: options)
                for request in SampleRequests.requests(for: inspected) {
                    let plan = try await router.route(request)
                    routes.append(
                        ImportReport.SampleRoute(
                            request: request,
                            steps: plan.steps.map { .init(text: $0.subtask.text, tool: $0.qualifiedName) }
                        )
                    )
                }
            }
        }
        let audit = ImportAudit(
            counter: try options.installation.tokenCounter(),
            gateway: SkillGateway.chatTools
        )
        return audit.report(of: inspected, problems: servers.problems, routes: routes)
    }
}
