import HTTPTransport
import TestSupport
import Testing
import ToolConnectors

@Suite("A configuration of MCP servers")
struct MCPConfigurationTests {
    private func read(
        _ text: String,
        _ environment: [String: String] = ["TOKEN": "s3cret-token"]
    ) throws(MCPConfigurationProblem) -> MCPConfiguration {
        try MCPConfiguration(
            Array(text.utf8),
            expansion: VariableExpansion(environment: { environment[$0] }, workspace: "/srv/project")
        )
    }

    @Test("in the shape of Claude and Cursor is read, programs and addresses alike")
    func mcpServers() throws {
        let configuration = try read(
            """
            {"mcpServers": {
                "git": {"command": "uvx", "args": ["mcp-server-git", "--repository", "${workspaceFolder}"],
                        "env": {"GIT_TOKEN": "${TOKEN}", "DEPTH": 3, "NOTHING": null}, "cwd": "sub"},
                "time": {"type": "http", "url": "https://example.org/mcp", "headers": {"Authorization": "Bearer ${TOKEN}"},
                         "disabled": true}
            }}
            """
        )
        #expect(configuration.shape == .mcpServers)
        #expect(configuration.problems.isEmpty)
        let git = try #require(configuration.servers.first)
        let process = MCPServerConfiguration.Process(
            command: "uvx",
            arguments: ["mcp-server-git", "--repository", "/srv/project"],
            environment: ["GIT_TOKEN": "s3cret-token", "DEPTH": "3"],
            workingFolder: "/srv/project/sub"
        )
        #expect(git == MCPServerConfiguration(name: "git", transport: .stdio(process)))
        #expect("\(git)".contains("s3cret") == false)
        #expect(git.secrets.contains("s3cret-token"))
        let time = try #require(configuration.servers.last)
        #expect(time.isDisabled)
        guard case .http(let endpoint) = time.transport else {
            Issue.record("no address")
            return
        }
        #expect(endpoint.url.description == "https://example.org/mcp")
        #expect(endpoint.headers["authorization"] == "Bearer s3cret-token")
        #expect("\(time)".contains("s3cret") == false)
    }

    @Test("in the shape of VS Code is read with its comments, commas and inputs")
    func vscode() throws {
        let configuration = try read(
            """
            \u{FEFF}{
                // what the editor asks for
                "inputs": [{"type": "promptString", "id": "api-key", "description": "The key", "password": true}],
                "servers": {
                    "api": {"type": "stdio", "command": "node", /* inline */ "args": ["//no comment", "a,]",], 
                            "env": {"KEY": "${input:api-key}"}, "envFile": "${workspaceFolder}/.env",},
                },
            }
            """,
            ["INPUT_API_KEY": "from the environment"]
        )
        #expect(configuration.shape == .servers)
        #expect(configuration.inputs == [.init(id: "api-key", description: "The key", isPassword: true)])
        guard case .stdio(let process) = configuration.servers.first?.transport else {
            Issue.record("no program: \(configuration.problems)")
            return
        }
        #expect(process.arguments == ["//no comment", "a,]"])
        #expect(process.environment == ["KEY": "from the environment"])
        #expect(configuration.problems.map(\.kind) == [.ignoredMember("envFile")])
    }

    @Test("may say more about a server in a member of ours")
    func settings() throws {
        let configuration = try read(
            """
            {"mcpServers": {"a": {"command": "x", "skillweaver": {"trusted": true, "toolsets": "none", "start_timeout": 2.5,
             "call_timeout": 10, "concurrency": 2, "output_limit": 4096, "pinned": ["one"]}}}}
            """
        )
        #expect(
            configuration.servers.first?.settings
                == MCPServerSettings(
                    isTrusted: true,
                    toolsets: .none,
                    startTimeout: .milliseconds(2_500),
                    callTimeout: .seconds(10),
                    concurrency: 2,
                    outputLimit: 4_096,
                    pinned: ["one"]
                )
        )
    }

    @Test("may name a client that was registered by hand, its secret a variable")
    func registeredClient() throws {
        let configuration = try read(
            """
            {"mcpServers": {"a": {"url": "https://mcp.example/mcp", "skillweaver": {"oauth": {"client_id": "me",
             "client_secret": "${CLIENT_SECRET}", "issuer": "https://auth.example", "scopes": ["files:read"],
             "redirect_port": 8765}}}}}
            """,
            ["CLIENT_SECRET": "planted-secret"]
        )
        let server = try #require(configuration.servers.first)
        #expect(server.secrets == ["planted-secret"])
        var shown = "\(server)"
        dump(server, to: &shown)
        #expect(!shown.contains("planted-secret") && shown.contains("files:read"))
    }

    @Test(
        "with one broken server says what is wrong, and reads the others",
        arguments: [
            (#"{"command": "x", "args": ["${MISSING}"]}"#, MCPConfigurationProblem.Kind.missingVariable("MISSING")),
            (#"{"url": "https://example.org/${MISSING}"}"#, .missingVariable("MISSING")),
            (#"{"command": "x", "env": {"A": "${input:who}"}}"#, .missingInput("who")),
            (#"{}"#, .noTransport), (#"{"command": "x", "url": "http://a"}"#, .noTransport),
            (#"[]"#, .invalidServer), (#"null"#, .invalidServer), (#"{"command": ["x"]}"#, .invalidServer),
            (#"{"command": "x", "args": "y"}"#, .invalidServer), (#"{"command": ""}"#, .invalidServer),
            (#"{"command": "x", "env": ["A=b"]}"#, .invalidServer),
            (#"{"command": "x", "env": {"A=B": "c"}}"#, .invalidServer),
            (#"{"command": "x", "disabled": "yes"}"#, .invalidServer),
            (#"{"type": "sse", "url": "http://a/sse"}"#, .unknownTransport),
            (#"{"type": "pigeon", "url": "http://a"}"#, .unknownTransport),
            (#"{"type": "http", "command": "x"}"#, .unknownTransport),
            (#"{"url": "ftp://a"}"#, .invalidURL), (#"{"url": "not an address"}"#, .invalidURL),
            (#"{"url": "http://a", "headers": {"X": "a\r\nHost: b"}}"#, .invalidHeader),
            (#"{"url": "http://a", "headers": {"X Y": "a"}}"#, .invalidHeader),
            (#"{"command": "x", "skillweaver": {"trusty": true}}"#, .invalidSetting),
            (#"{"command": "x", "skillweaver": {"concurrency": 0}}"#, .invalidSetting),
            (#"{"command": "x", "skillweaver": {"trusted": "yes"}}"#, .invalidSetting),
            (#"{"url": "https://a", "skillweaver": {"oauth": []}}"#, .invalidSetting),
            (#"{"url": "https://a", "skillweaver": {"oauth": {"client": "x"}}}"#, .invalidSetting),
            (#"{"url": "https://a", "skillweaver": {"oauth": {"client_secret": "x"}}}"#, .invalidSetting),
            (#"{"url": "https://a", "skillweaver": {"oauth": {"client_id": "${MISSING}"}}}"#, .invalidSetting),
            (#"{"url": "https://a", "skillweaver": {"oauth": {"scopes": ["a b"]}}}"#, .invalidSetting),
            (#"{"url": "https://a", "skillweaver": {"oauth": {"scopes": "a"}}}"#, .invalidSetting),
            (#"{"url": "https://a", "skillweaver": {"oauth": {"redirect_port": 80}}}"#, .invalidSetting),
        ]
    )
    func brokenServers(server: String, kind: MCPConfigurationProblem.Kind) throws {
        let configuration = try read(#"{"mcpServers": {"bad": \#(server), "good": {"command": "y"}}}"#)
        #expect(configuration.servers.map(\.name) == ["good"])
        #expect(configuration.problems.map(\.kind) == [kind])
        #expect(configuration.problems.first?.server == "bad")
    }

    @Test("with two servers of one name uses the later and says so; hostile names are refused and shown harmlessly")
    func names() throws {
        let twice = try read(#"{"mcpServers": {"a": {"command": "1"}, "b": {"command": "2"}, "a": {"command": "3"}}}"#)
        #expect(twice.problems.map(\.kind) == [.duplicateServer])
        #expect(twice.problems.first?.isWarning == true)
        #expect(twice.servers.count == 2)
        let hostile = try read(
            #"{"mcpServers": {"": {"command": "1"}, "a\u001b[2J": {"command": "2"}, "\#(String(repeating: "n", count: 200))": {"command": "3"}}}"#
        )
        #expect(hostile.servers.isEmpty)
        #expect(hostile.problems.map(\.kind) == [.invalidName, .invalidName, .invalidName])
        #expect(hostile.problems.allSatisfy { !$0.description.unicodeScalars.contains("\u{1B}") })
    }

    @Test(
        "that is none says so",
        arguments: [
            ("", MCPConfigurationProblem.Kind.notJSON(line: 1, column: 1)), ("[]", .noServers), ("{}", .noServers),
            (#"{"mcpServers": []}"#, .noServers), (#"{"mcpServers": {,}}"#, .notJSON(line: 1, column: 17)),
            (#"{"mcpServers": {} /* for ever"#, .notJSON(line: 1, column: 19)),
            ("{\n\"a\": }", .notJSON(line: 2, column: 6)),
        ]
    )
    func faults(text: String, kind: MCPConfigurationProblem.Kind) {
        let problem = #expect(throws: MCPConfigurationProblem.self) { try read(text) }
        #expect(problem?.kind == kind)
    }

    @Test(
        "in a file is read with its project as the workspace; one that is missing or ten megabytes of nothing is told"
    )
    func files() async throws {
        try await withTemporaryFolder { folder in
            try write(#"{"servers": {"a": {"command": "${workspaceFolder}/run"}}}"#, to: folder + "/.vscode/mcp.json")
            let configuration = try MCPConfiguration.read(file: folder + "/.vscode/mcp.json", environment: { _ in nil })
            guard case .stdio(let process) = configuration.servers.first?.transport else {
                Issue.record("no program")
                return
            }
            #expect(process.command == folder + "/run")
            let missing = #expect(throws: MCPConfigurationProblem.self) {
                try MCPConfiguration.read(file: folder + "/none.json", environment: { _ in nil })
            }
            #expect(missing?.kind == .missingFile)
            try write([UInt8](repeating: UInt8(ascii: "["), count: 10 << 20), to: folder + "/deep.json")
            let deep = #expect(throws: MCPConfigurationProblem.self) {
                try MCPConfiguration.read(file: folder + "/deep.json", environment: { _ in nil })
            }
            guard case .notJSON = deep?.kind else {
                Issue.record("\(String(describing: deep))")
                return
            }
        }
    }
}
