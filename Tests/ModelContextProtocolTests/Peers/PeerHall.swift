import HTTPTransport
import ModelContextProtocol
import Subprocesses
import TestSupport
import Testing

/// A program that is a server in both transports: `SCRIPT stdio` and `SCRIPT http`.
struct PeerServer: Sendable, Hashable {
    var script: String
    var isOld = false
    var options: [String] = []

    static let everything = PeerServer(script: "everything_server", options: ["--tools", "120"])
    static let legacy = PeerServer(script: "legacy_server", isOld: true)
    static let tasks = PeerServer(script: "tasks_server")

    var program: ServerProgram { get throws { ServerProgram(command: try python, arguments: arguments("stdio")) } }

    fileprivate var python: String { get throws { try #require(isOld ? PeerProgram.oldPython : PeerProgram.python) } }
    fileprivate func arguments(_ transport: String) -> [String] { [PeerProgram.script(script), transport] + options }
}

/// Servers and clients that many tests share, since a server of Python takes a second to start.
actor PeerHall {
    static let shared = PeerHall()

    private struct Place: Hashable {
        var server: PeerServer
        var road: Road
    }

    private var sites: [PeerServer: Task<Site, any Error>] = [:]
    private var clients: [Place: Task<MCPClient, any Error>] = [:]

    /// A server over HTTP, which lives as long as this process.
    private struct Site: Sendable {
        var url: HTTPURL
        var conversation: Conversation
    }

    /// A connected client, with a person who answers what it is asked.
    func client(of server: PeerServer = .everything, by road: Road) async throws -> MCPClient {
        let place = Place(server: server, road: road)
        let task = clients[place] ?? Task { try await self.newClient(of: server, by: road) }
        clients[place] = task
        return try await task.value
    }

    /// A client of a server of its own over standard streams, or of the shared one over HTTP.
    func newClient(
        of server: PeerServer = .everything,
        by road: Road,
        input: any InputProvider = ScriptedPerson(),
        options: MCPClient.Options? = nil
    ) async throws -> MCPClient {
        let transport: any ClientTransport =
            switch road.transport {
            case .standardStreams: StandardStreamsTransport(try server.program)
            case .http: StreamableHTTPTransport(RemoteServer(url: try await url(of: server)), client: CurlHTTPClient())
            }
        let options = options ?? MCPClient.Options(versions: road.versions, logLevel: .info)
        let client = MCPClient(transport, identity: .tester, input: input, options: options)
        try await client.connect()
        return client
    }

    func url(of server: PeerServer) async throws -> HTTPURL {
        let task = sites[server] ?? Task { try await self.open(server) }
        sites[server] = task
        return try await task.value.url
    }

    private func open(_ server: PeerServer) async throws -> Site {
        let program = Subprocess(executable: try server.python, arguments: server.arguments("http"))
        let conversation = try await program.converse()
        while true {
            let line = String(decoding: try await conversation.receive(within: .seconds(60)), as: UTF8.self)
            guard line.hasPrefix("listening ") else { continue }
            return Site(url: try HTTPURL(String(line.dropFirst("listening ".count))), conversation: conversation)
        }
    }
}

extension Implementation {
    static let tester = Implementation(name: "tester", version: "1.0")
}
