import CommandLineInterface
import HTTPTransport
import JSONSchema
import ModelContextProtocol

/// A gateway over HTTP: MCP at `/mcp`, and where tokens are to be had.
struct GatewayService: Sendable {
    private static let metadataPath = "/.well-known/oauth-protected-resource"

    let address: String
    private let http: HTTPServer
    private let service: StreamableHTTPService

    /// - Throws: `HTTPServerError` where it cannot listen; a usage error where it would be open to the network.
    init(_ server: MCPServer, port: Int, _ values: ParsedValues, _ context: CommandContext) throws {
        let host = values[ServerOptions.host]
        let token = context.environment["SKILLWEAVER_TOKEN"].flatMap { $0.isEmpty ? nil : $0 }
        guard token != nil || ServerAudience.isLoopbackInterface(host) else {
            throw CommandError.usage(
                "--host \(host) is open to the network; set SKILLWEAVER_TOKEN to the token clients send"
            )
        }
        let servers = values[ServerOptions.authorizationServer]
        var access = HTTPAccess()
        access.audience.hosts.formUnion(values[ServerOptions.allowHost].map { $0.lowercased() })
        access.audience.origins = Set(try values[ServerOptions.allowOrigin].map(ServerOptions.origin))
        if let token { access.checkToken = SharedToken(token).principal }
        let shown = host.contains(":") ? "[\(host)]" : host
        if !servers.isEmpty { access.resourceMetadata = "http://\(shown):\(port)\(Self.metadataPath)" }
        let service = StreamableHTTPService(server, access: access)
        self.service = service
        let metadata = Self.metadata("http://\(shown):\(port)/mcp", servers)
        http = try HTTPServer(HTTPServerOptions(host: host, port: port, maximumBodyBytes: 16 << 20)) { request in
            switch request.rawPath {
            case "/mcp": await service.respond(to: request)
            case Self.metadataPath[...],
                "\(Self.metadataPath)/mcp" where !servers.isEmpty:
                HTTPServerResponse(200, "application/json", metadata)
            default: HTTPServerResponse(404, "text/plain", "MCP is served at /mcp\n")
            }
        }
        address = "http://\(shown):\(http.port)/mcp"
    }

    /// Serves until the task is cancelled; what is being answered may end.
    func run() async {
        for await _ in AsyncStream<Never>.makeStream().stream {}
        await service.close()
        await http.stop(grace: .seconds(5))
    }

    /// What a client needs to know to get a token (RFC 9728, 3.2).
    private static func metadata(_ resource: String, _ servers: [String]) -> String {
        let document: JSONValue = [
            "resource": .string(resource), "authorization_servers": JSONValue(servers),
            "bearer_methods_supported": ["header"], "resource_name": "SkillWeaver",
        ]
        return document.serialized()
    }
}
