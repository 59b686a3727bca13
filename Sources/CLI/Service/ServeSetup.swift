import CommandLineInterface
import Glibc
import HTTPTransport
import LanguageModels
import ModelContextProtocol
import Observability
import PlanExecution
import SkillHarness
import SkillRetrieval
import SkillRouting
import SkillService
import SkillWeaver
import Storage
import ToolConnectors

/// The service as the command line asks for it.
struct ServeSetup: Sendable {
    private let service: SkillService
    private let http: HTTPServer
    private let runs: HostedRuns
    private let gateway: SkillGateway
    private let libraries: [ServedLibrary]
    private let servers: ConfiguredServers?
    private let address: String
    private let token: TokenSecret
    private let home: SkillHome
    private let console: Console
    private let wantsJSON: Bool
    private let telemetry: Telemetry

    init(_ values: ParsedValues, in context: CommandContext) async throws {
        let console = context.console
        let options = try Self.options(values, in: context)
        let telemetry = ServeTelemetry.telemetry(values, context, hiding: options.secrets)
        self.telemetry = telemetry
        let servers = try await Self.servers(values, options, context)
        var withServers = options
        if let servers {
            withServers.secrets += servers.secrets
            withServers.invokers = try context.invokers(values, options, additional: [servers.invoker])
        }
        libraries = try await ServeLibraries(values, withServers, context).open(with: servers)
        guard let first = libraries.first else { throw CommandError.usage("there is no library to serve") }
        for library in libraries { for remark in library.router.remarks { console.note(remark) } }

        runs = try Self.runs(first.router, values)
        gateway = try await Self.gateway(libraries, withServers, runs, values)
        let host = values[ServeOptions.host]
        let tokens = AccessTokenStore(home: options.home.folder)
        token = try await tokens.installToken()
        telemetry.secrets.add([token.text])
        var audience = ServerAudience()
        audience.hosts.formUnion(values[ServerOptions.allowHost].map { $0.lowercased() })
        audience.hosts.insert(host.contains(":") ? "[\(host.lowercased())]" : host.lowercased())
        audience.origins = Set(try values[ServerOptions.allowOrigin].map(ServerOptions.origin))
        let access = ServiceAccess(
            interface: host,
            audience: audience,
            tokens: tokens,
            onTokenError: { telemetry.logger?.log(.error, "\($0)") }
        )
        let resources = ServiceResources(
            libraries: ServedLibraries(libraries),
            runs: runs,
            access: access,
            tokens: tokens,
            benchmarks: options.installation.benchmarks,
            decomposer: values[DecomposerOptions.decomposer].rawValue,
            workspace: values[ServeOptions.workspace].map(FileSystem.absolute)
        )
        let service = try SkillService(
            resources,
            options: ServiceOptions(
                concurrency: values[ServeOptions.concurrency],
                grace: .seconds(values[ServeOptions.grace])
            ),
            mcp: StreamableHTTPService(MCPServer(gateway)),
            telemetry: telemetry
        )
        http = try HTTPServer(
            HTTPServerOptions(host: host, port: values[ServeOptions.port], maximumBodyBytes: 16 << 20)
        ) { request in await service.respond(to: request) }
        self.service = service
        self.servers = servers
        address = "http://\(host.contains(":") ? "[\(host)]" : host):\(http.port)"
        home = options.home
        self.console = console
        wantsJSON = context.wantsJSON
    }

    /// Serves until the task is cancelled.
    func serve() async throws {
        try announce()
        try await Telemetry.$current.withValue(telemetry) {
            for run in try await runs.takeUp() { Telemetry.log(.info, "going on with a run", ["run": .string(run)]) }
            for await _ in AsyncStream<Never>.makeStream().stream {}
            Telemetry.log(.info, "stopping")
            await service.stop()
            await gateway.close()
            await http.stop(grace: .seconds(5))
            await servers?.pool.close()
        }
        await telemetry.shutDown()
    }

    /// Says where the service is; the token only to a person, because what is not a terminal is kept in logs.
    private func announce() throws {
        if wantsJSON {
            return try console.writeJSON([
                "address": .string(address), "token_file": .string("\(home.folder)/service/token"),
            ])
        }
        let names = libraries.map(\.name).joined(separator: ", ")
        console.note("serving \(names) on \(address)")
        if isatty(STDOUT_FILENO) == 1 {
            try console.writeLine("\(address)/#token=\(token.text)")
        } else {
            try console.writeLine(address)
            console.note("the console's token is in \(home.folder)/service/token")
        }
    }

    // MARK: - Parts

    private static func options(_ values: ParsedValues, in context: CommandContext) throws -> RouterOptions {
        var options = try context.runOptions(values)
        let asksModel = values[DecomposerOptions.decomposer].asksModel
        let model = try asksModel ? context.chatModel(values) : context.modelForRepairs(values)
        options.decomposer = try DecomposerOptions.recipe(values, asking: model)
        options.repairModel = model
        options.workspace = values[ServeOptions.workspace].map(FileSystem.absolute)
        return options
    }

    private static func servers(
        _ values: ParsedValues,
        _ options: RouterOptions,
        _ context: CommandContext
    ) async throws -> ConfiguredServers? {
        let files = values[ServerOptions.config]
        guard !files.isEmpty else { return nil }
        let servers = try ConfiguredServers(files, home: options.home, environment: context.environment)
        for problem in servers.problems { context.console.warn("\(problem)") }
        let report = try await servers.index(asking: .unknown, options)
        for failure in report.failures { context.console.warn("\(failure)") }
        return servers
    }

    private static func runs(_ router: SkillRouter, _ values: ParsedValues) throws -> HostedRuns {
        var driver = try router.driver()
        driver.owner = "skillweaver serve"
        guard values[ServeOptions.leaveRuns] else { return HostedRuns(driver) }
        guard let store = driver.store as? PostgreSQLRunStore else {
            throw CommandError.usage("--leave-runs needs --store: workers look for runs in a database")
        }
        return HostedRuns(driver, labour: .workers(store))
    }

    private static func gateway(
        _ libraries: [ServedLibrary],
        _ options: RouterOptions,
        _ runs: HostedRuns,
        _ values: ParsedValues
    ) async throws -> SkillGateway {
        let workspace = FileSystem.absolute(values[ServeOptions.workspace] ?? ".")
        return try await SkillGateway(
            libraries.map { library in
                GatewayLibrary.over(
                    SessionLibrary(library.inventory, router: library.router),
                    library.router,
                    options,
                    workspace: workspace,
                    counter: library.counter
                )
            },
            options: GatewayOptions(
                approval: values[ServeOptions.approve],
                pinned: values[ServerOptions.pin],
                workspace: workspace,
                identity: ConfiguredServers.identity
            ),
            runs: runs
        )
    }
}
