import JSONSchema
import ModelContextProtocol
import Subprocesses
import TestSupport
import Testing

/// The servers everybody tries first.
@Suite("A client with the reference servers", .enabled(if: PeerProgram.areInstalled, PeerProgram.absence))
struct ReferenceServerTests {
    private func withServer<Value: Sendable>(
        _ name: String,
        isOld: Bool = false,
        _ arguments: [String] = [],
        _ body: (MCPClient) async throws -> Value
    ) async throws -> Value {
        let command = try #require(PeerProgram.reference(name, isOld: isOld))
        let program = ServerProgram(command: command, arguments: arguments)
        let client = MCPClient(StandardStreamsTransport(program), identity: .tester)
        do {
            let value = try await body(client)
            await client.close()
            return value
        } catch {
            await client.close()
            throw error
        }
    }

    private func text(_ result: CallToolResult) -> String { result.content.compactMap(\.plainText).joined() }

    @Test("the time server, on the new SDK and on the old one", arguments: [false, true])
    func time(isOld: Bool) async throws {
        try await withServer("time", isOld: isOld) { client in
            #expect(try await client.connect().version == (isOld ? .v2025_11_25 : .v2026_07_28))
            #expect(try await client.listTools().items.map(\.name).contains("get_current_time"))
            let result = try await client.callTool("get_current_time", ["timezone": "Asia/Tokyo"])
            #expect(text(result).contains("+09:00"))
            #expect(try await client.callTool("get_current_time", ["timezone": "Middle/Earth"]).isError)
        }
    }

    @Test("the git server reads a repository")
    func git() async throws {
        try await withTemporaryFolder { folder in
            let path = folder
            let script = """
                git init -q -b main . && git -c user.name=a -c user.email=a@example.org commit -q --allow-empty -m 'the first'
                """
            let shell = Subprocess(executable: "sh", arguments: ["-c", script], workingDirectory: path)
            #expect(try await shell.run().status == .exited(0))
            try await withServer("git", ["--repository", path]) { client in
                let log = try await client.callTool("git_log", ["repo_path": .string(path), "max_count": 3])
                #expect(text(log).contains("the first"))
                #expect(!log.isError)
            }
        }
    }

    @Test("the SQLite server keeps what it is told")
    func sqlite() async throws {
        try await withTemporaryFolder { folder in
            try await withServer("sqlite", isOld: true, ["--db-path", "\(folder)/x.db"]) { client in
                #expect(try await client.connect().version.era == .legacy)
                _ = try await client.callTool("create_table", ["query": "CREATE TABLE t (n INTEGER)"])
                _ = try await client.callTool("write_query", ["query": "INSERT INTO t VALUES (42)"])
                #expect(text(try await client.callTool("read_query", ["query": "SELECT n FROM t"])).contains("42"))
            }
        }
    }

    @Test("the fetch server offers its tool and its prompt")
    func fetch() async throws {
        try await withServer("fetch") { client in
            let tools = try await client.listTools().items.map(\.name)
            let prompts = try await client.listPrompts().items.map(\.name)
            #expect(tools == ["fetch"] && prompts == ["fetch"])
            // Nothing listens there: the tool's own failure, or an error of the protocol, but an answer.
            let result = try? await client.callTool("fetch", ["url": "http://127.0.0.1:9/"])
            #expect(result?.isError ?? true)
        }
    }
}
