package import CommandLineInterface
import HTTPTransport
import ModelContextProtocol
import SkillWeaver
import Storage
import ToolConnectors

/// How one configured server is logged in to.
struct ServerLogin: Sendable {
    let server: MCPServerConfiguration
    /// Name and file as the configuration has them, for the command that logs in.
    private let command: String

    init(_ server: MCPServerConfiguration, file: String) {
        self.server = server
        command = "skillweaver mcp login \(Self.word(server.name)) --config \(Self.word(file))"
    }

    /// The server of that name in a configuration.
    init(_ name: String, in file: String, environment: Environment) throws {
        let configuration = try MCPConfiguration.read(file: file, environment: { environment[$0] })
        if let problem = configuration.problems.first(where: { $0.server == name && !$0.isWarning }) { throw problem }
        guard let server = configuration.servers.first(where: { $0.name == name }) else {
            let names = configuration.servers.map(\.name).joined(separator: ", ")
            throw CommandError(
                "no-server",
                "\(file) has no server '\(name)'",
                hint: names.isEmpty ? nil : "there are \(names)"
            )
        }
        self.init(server, file: FileSystem.absolute(file))
    }

    /// Nil for a server that has no use for tokens: a program, or one that is given its token by the configuration.
    func authorizer(
        home: SkillHome,
        client: any HTTPClient,
        browser: (any BrowserOpener)?
    ) -> ServerAuthorizer? {
        guard case .http(let endpoint) = server.transport, endpoint.headers["Authorization"] == nil,
            !endpoint.url.hasCredentials
        else { return nil }
        return ServerAuthorizer(
            endpoint.url,
            settings: server.settings.authorization,
            tokensIn: "\(home.folder)/mcp/tokens",
            client: client,
            browser: browser,
            command: command
        )
    }

    /// What the server is sent beside a token.
    var headers: HTTPHeaders {
        guard case .http(let endpoint) = server.transport else { return [:] }
        return endpoint.headers
    }

    /// An authorizer, or why there is none.
    func neededAuthorizer(
        home: SkillHome,
        environment: Environment,
        browser: (any BrowserOpener)?
    ) throws -> ServerAuthorizer {
        let client = CurlHTTPClient(options: try HTTPClientOptions(environment: { environment[$0] }))
        guard let authorizer = authorizer(home: home, client: client, browser: browser) else {
            throw CommandError(
                "no-login",
                "'\(server.name)' takes no login: it is a program, or its configuration gives it a token already"
            )
        }
        return authorizer
    }

    /// A word of a command as a person can paste it.
    private static func word(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || [0x2D, 0x2E, 0x2F, 0x5F].contains(byte)
        }
        return isPlain && !text.isEmpty && !text.hasPrefix("-") ? text : shellQuoted(text)
    }
}

extension AuthorizationError: CommandErrorConvertible {
    package var commandError: CommandError { CommandError("login-\(kind.rawValue)", description) }
}
