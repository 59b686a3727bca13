import CommandLineInterface
import JSONSchema
import ModelContextProtocol
import SkillWeaver

/// `skillweaver mcp login`
struct McpLoginCommand: CommandDefinition {
    let name = "login"
    let summary = "Log in to an MCP server that wants it, with your browser."
    let discussion = """
        The server says where its tokens are to be had; you log in there, and the browser comes back to a port of this \
        machine that listens once. The tokens are kept in your home, readable by you only, and renewed by themselves; they \
        are sent to that server and nowhere else. Servers that register no clients by themselves need the client you \
        registered there: "skillweaver": {"oauth": {"client_id": "…", "client_secret": "${MY_SECRET}"}}.
        """
    let examples = [
        CommandExample("Log in to a server", "skillweaver mcp login linear --config ~/.cursor/mcp.json"),
        CommandExample(
            "Ask for more than before",
            #"skillweaver mcp login files --config mcp.json --scope "files:write""#
        ),
    ]

    static let server = Argument<String>("SERVER", as: .nonBlank, "The server's name in its configuration.")
    static let config = Option<String?>("config", value: "FILE", as: .file, "The configuration the server stands in.")
    let scope = Option<[String]>("scope", value: "SCOPE", as: .nonBlank, "What the tokens must allow too. Repeatable.")

    var parameters: [any ParameterDeclaration] { [Self.server, Self.config, scope] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let options = try context.routerOptions(values)
        let login = try Self.login(values, context)
        let authorizer = try login.neededAuthorizer(
            home: options.home,
            environment: context.environment,
            browser: TerminalBrowser(console: context.console, environment: context.environment)
        )
        let scopes = values[scope].flatMap { Scopes.words($0) }
        let outcome = try await authorizer.login(scopes: scopes, headers: login.headers)
        if context.wantsJSON {
            try context.console.writeJSON(Self.json(login.server.name, outcome))
        } else if let outcome {
            let scopes = outcome.scopes.isEmpty ? "" : " for \(outcome.scopes.joined(separator: ", "))"
            let rest = outcome.isRefreshed ? "; the login is renewed by itself" : ""
            context.console.note("logged in to \(login.server.name) at \(outcome.issuer)\(scopes)\(rest)")
        } else {
            context.console.note("\(login.server.name) answers without a login")
        }
        return .done
    }

    static func login(_ values: ParsedValues, _ context: CommandContext) throws -> ServerLogin {
        guard let file = values[config] else {
            throw CommandError.usage("name the configuration the server stands in with --config")
        }
        return try ServerLogin(values[server], in: file, environment: context.environment)
    }

    private static func json(_ name: String, _ outcome: LoginOutcome?) -> JSONValue {
        guard let outcome else { return ["server": .string(name), "login_needed": false] }
        var members: JSONObject = [
            "server": .string(name), "login_needed": true, "issuer": .string(outcome.issuer),
            "resource": .string(outcome.resource), "scopes": JSONValue(outcome.scopes),
            "renewed": .bool(outcome.isRefreshed),
        ]
        members["expires_in"] = outcome.lifetime.map(JSONValue.integer)
        return .object(members)
    }
}
