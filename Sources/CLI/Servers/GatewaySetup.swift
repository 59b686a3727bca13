import CommandLineInterface
import HTTPTransport
import ModelContextProtocol
import PlanExecution
import SkillHarness
import SkillRouting
import SkillWeaver
import Storage
import ToolConnectors

/// A gateway as the command line asks for it.
struct GatewaySetup: Sendable {
    let gateway: SkillGateway
    private let servers: ConfiguredServers?
    private let options: RouterOptions
    private let warn: @Sendable (String) -> Void

    init(_ values: ParsedValues, in context: CommandContext) async throws {
        let console = context.console
        let files = values[ServerOptions.config]
        guard files.isEmpty || values[GlobalOptions.library] == nil else {
            throw CommandError.usage(
                "give either --config or --library; 'skillweaver import' makes a library of servers"
            )
        }
        let workspace = FileSystem.absolute(values[ServerOptions.workspace] ?? ".")
        var options = try context.runOptions(values)
        options.workspace = workspace
        let model = try context.chatModel(
            values,
            isAsked: values[DecomposerOptions.decomposer].asksModel,
            toUseOne: "--decomposer sad+"
        )
        options.decomposer = try DecomposerOptions.recipe(values, asking: model)
        let servers =
            files.isEmpty
            ? nil : try ConfiguredServers(files, home: options.home, environment: context.environment)
        for problem in servers?.problems ?? [] { console.warn("\(problem)") }
        let reference: LibraryReference
        if let servers {
            options.secrets += servers.secrets
            options.invokers = try context.invokers(values, options, additional: [servers.invoker])
            let report = try await servers.index(asking: .unknown, options)
            for failure in report.failures { console.warn("\(failure)") }
            for diagnostic in report.diagnostics { console.warn(diagnostic.message) }
            reference = .named(try servers.location(in: options.home).name)
        } else {
            reference = try values.libraryReference
        }
        let router = try await SkillRouter(library: reference, options: options)
        let inventory = try await RouterResources.catalog(reference, options: options)
        let library = GatewayLibrary.over(
            SessionLibrary(inventory, router: router),
            router,
            options,
            workspace: workspace,
            counter: try options.installation.tokenCounter()
        )
        gateway = try await SkillGateway(
            [library],
            options: GatewayOptions(
                approval: values[ServerOptions.approve],
                pinned: values[ServerOptions.pin],
                workspace: workspace,
                identity: ConfiguredServers.identity
            ),
            changes: Self.changes(of: servers)
        )
        self.servers = servers
        self.options = options
        warn = { console.warn($0) }
    }

    private static func changes(
        of servers: ConfiguredServers?
    ) -> (@Sendable () -> AsyncStream<SurfaceChange>)? {
        guard let servers else { return nil }
        return { servers.pool.changes().asResources }
    }

    func close() async {
        await gateway.close()
        await servers?.pool.close()
    }

    /// Serves until the client goes, or the program is asked to stop.
    func serve(_ values: ParsedValues, in context: CommandContext) async throws {
        let server = MCPServer(gateway)
        let following = servers.map { servers in Task { await follow(servers) } }
        defer { following?.cancel() }
        guard let port = values[ServerOptions.http] else { return try await Self.serveStreams(server) }
        let service = try GatewayService(server, port: port, values, context)
        context.console.note("serving MCP on \(service.address)")
        await service.run()
    }

    /// Ends with the client's input, or with the cancellation of the task, which cannot interrupt a thread that reads.
    private static func serveStreams(_ server: MCPServer) async throws {
        let (ends, end) = AsyncThrowingStream.makeStream(of: Never.self)
        Task {
            do {
                try await StandardStreamsService(server).run()
                end.finish()
            } catch {
                end.finish(throwing: error)
            }
        }
        for try await _ in ends {}
    }

    /// Brings the library in step with servers whose tools change.
    private func follow(_ servers: ConfiguredServers) async {
        for await name in servers.pool.changes() {
            do {
                try await servers.index(asking: .changed([name]), options)
            } catch is CancellationError {
                return
            } catch {
                warn("the tools of \(name) have changed, and the library stays as it was: \(error)")
            }
        }
    }
}

extension AsyncStream where Element == String {
    /// Servers' changes as changes of the gateway's skills.
    fileprivate var asResources: AsyncStream<SurfaceChange> {
        let (stream, continuation) = AsyncStream<SurfaceChange>.makeStream(bufferingPolicy: .bufferingNewest(16))
        let task = Task {
            for await _ in self { continuation.yield(.resources) }
            continuation.finish()
        }
        continuation.onTermination = { _ in task.cancel() }
        return stream
    }
}
