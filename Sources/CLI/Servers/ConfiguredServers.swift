import CommandLineInterface
import HTTPTransport
import ModelContextProtocol
import SkillAuthoring
import SkillCatalog
import SkillRetrieval
import SkillRouting
import SkillWeaver
import Storage
import ToolConnectors

/// The MCP servers of one or more configuration files, opened for this process.
struct ConfiguredServers: Sendable {
    let files: [String]
    /// In the order of the files.
    let configurations: [MCPServerConfiguration]
    let pool: MCPServerPool
    let pins: MCPToolPins
    let listings: ServerListings
    /// What is wrong with the files, as far as the rest can be used.
    let problems: [MCPConfigurationProblem]

    /// - Throws: a problem with a whole file.
    init(_ files: [String], home: SkillHome, environment: Environment) throws {
        var servers: [MCPServerConfiguration] = []
        var problems: [MCPConfigurationProblem] = []
        var names: Set<String> = []
        var logins: [String: ServerLogin] = [:]
        for file in files {
            try Self.checkTrust(in: FileSystem.absolute(file), home: home, environment: environment)
            let configuration = try MCPConfiguration.read(file: file, environment: { environment[$0] })
            problems += configuration.problems
            for var server in configuration.servers {
                let login = ServerLogin(server, file: FileSystem.absolute(file))
                // Of two with one name the later keeps its own, behind the name of its file.
                if !names.insert(server.name).inserted {
                    server.name = "\(FileSystem.name(of: file).prefix { $0 != "." })-\(server.name)"
                    guard names.insert(server.name).inserted else { continue }
                }
                logins[server.name] = login
                servers.append(server)
            }
        }
        self.files = files.map(FileSystem.absolute)
        self.problems = problems
        configurations = servers
        pins = try MCPToolPins(file: "\(home.folder)/mcp/accepted.json")
        listings = ServerListings(folder: "\(home.folder)/mcp/listings")
        let client = CurlHTTPClient(options: try HTTPClientOptions(environment: { environment[$0] }))
        // Nobody is asked here: standard input belongs to a client, or the command is about something else.
        pool = MCPServerPool(servers, identity: Self.identity, client: client) { [logins] server in
            logins[server.name]?.authorizer(home: home, client: client, browser: nil)
        }
    }

    /// Whoever writes to a project can name programs in its configuration, so none is started before a person agreed.
    private static func checkTrust(in file: String, home: SkillHome, environment: Environment) throws {
        let isUsers = MCPClientKind.allCases.contains { $0.userFile(environment: { environment[$0] }) == file }
        guard !isUsers, MCPClientKind.isProjectFile(file), FileSystem.exists(file) else { return }
        let state = try TrustStore(home: home.folder).state(ofConfiguration: file)
        guard state != .trusted else { return }
        let what = state == .changed ? "has changed since it was trusted" : "comes with a project and is not trusted"
        throw CommandError(
            "untrusted-configuration",
            "\(file) \(what): it names programs that would be started",
            hint: "look at it, then 'skillweaver trust \(file)'"
        )
    }

    /// Texts no journal, event or report shows.
    var secrets: [String] { configurations.flatMap(\.secrets) }

    /// How this program calls itself to servers and clients.
    static let identity = Implementation(name: "skillweaver", version: ProgramVersion.current)

    /// The servers as a source of skills.
    func source(asking freshness: MCPServersSource.Freshness) -> MCPServersSource {
        MCPServersSource(
            pool: pool,
            pins: pins,
            listings: listings,
            freshness: freshness,
            location: files.joined(separator: ":")
        )
    }

    var invoker: MCPInvoker { MCPInvoker(pool: pool, pins: pins) }

    /// The library of these servers' skills.
    func location(in home: SkillHome) throws -> LibraryLocation {
        let digest = ContentHash(of: files.joined(separator: "\u{0}")).hexadecimal.prefix(8)
        return try home.library(named: "mcp-\(digest)")
    }

    /// Brings the library in step with the servers.
    @discardableResult
    func index(asking freshness: MCPServersSource.Freshness, _ options: RouterOptions) async throws -> IndexingReport {
        let embedder = try await RouterResources.embedder(options)
        let indexer = try RouterResources.indexer(embedder: embedder, options: options)
        return try await indexer.index([source(asking: freshness)], into: try location(in: options.home))
    }
}
