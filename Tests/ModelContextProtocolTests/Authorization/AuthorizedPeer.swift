import FoundationEssentials
import HTTPTransport
import JSONSchema
import ModelContextProtocol
import Subprocesses
import TestSupport
import Testing

/// The SDK's own server that wants a login, with the SDK's own authorization server.
struct AuthorizedPeer: Sendable {
    static let absence: Comment = "needs the protocol's servers; run 'Scripts/setup test'"
    static let python: String? = {
        let path = PackageRoot.path(".deps/mcp-python/bin/python")
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }()

    let url: HTTPURL

    /// Changes what the authorization server does.
    ///
    /// - Returns: what it did so far.
    @discardableResult
    func control(_ query: String = "") async throws -> JSONValue {
        let address = try HTTPURL("\(url.origin)/control?\(query)")
        return try JSONParser.parse(utf8: try await CurlHTTPClient().send(HTTPRequest(.post, address)).body)
    }

    /// Calls `echo`, over a connection of its own.
    func echo(_ text: String, _ authorizer: any RequestAuthorizer) async throws -> String {
        let transport = StreamableHTTPTransport(
            RemoteServer(url: url),
            client: CurlHTTPClient(),
            authorizer: authorizer
        )
        let client = MCPClient(transport, identity: Implementation(name: "tester", version: "1"))
        do {
            let result = try await client.callTool("echo", ["text": .string(text)])
            await client.close()
            guard case .text(let content) = result.content.first else { return "" }
            return content.text
        } catch {
            await client.close()
            throw error
        }
    }
}

/// Runs a piece of test beside such a server and a folder for tokens.
func withAuthorizedPeer(
    _ options: String...,
    body: @escaping @Sendable (AuthorizedPeer, _ folder: String) async throws -> Void
) async throws {
    let script = PackageRoot.path("Tests/ModelContextProtocolTests/Servers/authorized_server.py")
    let program = Subprocess(executable: try #require(AuthorizedPeer.python), arguments: [script] + options)
    let conversation = try await program.converse()
    do {
        let line = String(decoding: try await conversation.receive(within: .seconds(60)), as: UTF8.self)
        let url = try HTTPURL(String(line.dropFirst("listening ".count)))
        try await withTemporaryFolder { try await body(AuthorizedPeer(url: url), $0) }
        await conversation.stop()
    } catch {
        await conversation.stop()
        throw error
    }
}
