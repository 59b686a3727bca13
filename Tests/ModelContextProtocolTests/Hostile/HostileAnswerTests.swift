import HTTPTransport
import JSONSchema
import ModelContextProtocol
import Synchronization
import Testing

/// What a client makes of the answers of servers over HTTP that are wrong.
@Suite("A client with wrong answers over HTTP")
struct HostileAnswerTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var name: String
        var status: Int
        var type: String
        var body: String
        var headers: HTTPHeaders = [:]
        var fits: @Sendable (any Error) -> Bool
        var testDescription: String { name }
    }

    private static func isMalformed(_ error: any Error) -> Bool {
        if case ConnectionError.malformed = error { true } else { false }
    }

    private static func isRefused(_ error: any Error, _ status: Int) -> Bool {
        if case ConnectionError.refused(let code, _) = error { code.code == status } else { false }
    }

    private static let result = "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"resultType\":\"complete\",\"content\":[]}}"

    static let rows: [Row] = [
        Row(name: "no content", status: 200, type: "application/json", body: "") { isMalformed($0) },
        Row(name: "a page", status: 200, type: "text/html", body: "<html>") { isMalformed($0) },
        Row(name: "nothing at all", status: 202, type: "", body: "") { isMalformed($0) },
        Row(
            name: "an answer to another request",
            status: 200,
            type: "application/json",
            body: result.replacing("2,", with: "77,")
        ) {
            isMalformed($0)
        },
        Row(
            name: "the id as a text",
            status: 200,
            type: "application/json",
            body: result.replacing("2,", with: "\"2\",")
        ) { isMalformed($0) },
        Row(name: "a batch", status: 200, type: "application/json", body: "[\(result)]") { isMalformed($0) },
        Row(name: "a result with a failing status", status: 500, type: "application/json", body: result) {
            isRefused($0, 500)
        },
        Row(name: "a failing status alone", status: 503, type: "text/plain", body: "busy\u{1B}[31m") { error in
            isRefused(error, 503) && !"\(error)".contains("\u{1B}")
        },
        Row(
            name: "a body that is too large",
            status: 200,
            type: "application/json",
            body: String(repeating: " ", count: 9_000)
        ) {
            $0 as? ConnectionError == .tooLarge(limit: 8_000)
        },
        Row(
            name: "an event that is too large",
            status: 200,
            type: "text/event-stream",
            body: "data: \(String(repeating: "x", count: 9_000))"
        ) { $0 as? ConnectionError == .tooLarge(limit: 8_000) },
        Row(name: "a stream without a response", status: 200, type: "text/event-stream", body: ": hello\n\n") { error in
            if case ConnectionError.ended = error { true } else { false }
        },
        Row(name: "an event that is no message", status: 200, type: "text/event-stream", body: "data: {\n\n") {
            isMalformed($0)
        },
        Row(
            name: "a result of an unknown type",
            status: 200,
            type: "application/json",
            body: result.replacing("complete", with: "surprise")
        ) {
            isMalformed($0)
        },
        Row(
            name: "a result that is no tool's",
            status: 200,
            type: "application/json",
            body: result.replacing("[]", with: "7")
        ) { isMalformed($0) },
        Row(
            name: "a challenge",
            status: 401,
            type: "text/plain",
            body: "",
            headers: [
                "WWW-Authenticate":
                    "Bearer error=\"invalid_token\", scope=\"tools\", resource_metadata=\"https://x.example/m\""
            ]
        ) { error in
            challenge(error)?.scope == "tools" && challenge(error)?.resourceMetadata == "https://x.example/m"
        },
    ]

    private static func challenge(_ error: any Error) -> AuthorizationChallenge? {
        if case ConnectionError.unauthorized(let challenge) = error { challenge } else { nil }
    }

    @Test("each ends the call with its error", arguments: rows)
    func answers(row: Row) async throws {
        let server = ScriptedServer([.discovered, ScriptedServer.Answer(row.status, row.type, row.body, row.headers)])
        let client = MCPClient(try server.transport, identity: .tester)
        let end = await Result(_: { try await client.callTool("add") })
        guard case .failure(let error) = end else {
            Issue.record("the call has a result")
            return
        }
        #expect(row.fits(error), "\(error)")
        await client.close()
    }

    @Test("many events before the response are no message that is too large")
    func longStream() async throws {
        let events = (0..<500).map {
            "event: message\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\",\"params\":{\"n\":\($0)}}\n\n"
        }
        let body = events.joined() + "id: 7\nretry: 10\ndata: \(Self.result)\n\n"
        let server = ScriptedServer([.discovered, ScriptedServer.Answer(200, "text/event-stream", body)])
        let client = MCPClient(try server.transport, identity: .tester)
        #expect(try await client.callTool("add").content.isEmpty)
        await client.close()
    }

    @Test(
        "whatever a server of the legacy era says to the first question, the handshake follows",
        arguments: [
            ScriptedServer.Answer(404, "text/plain", "Not Found"), ScriptedServer.Answer(400, "text/plain", ""),
            ScriptedServer.Answer(405, "", ""),
            ScriptedServer.Answer(
                400,
                "application/json",
                "{\"jsonrpc\":\"2.0\",\"id\":\"server-error\",\"error\":{\"code\":-32600,\"message\":\"Missing session ID\"}}",
                ["Mcp-Session-Id": "not-yours"]
            ),
            ScriptedServer.Answer(
                200,
                "application/json",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32601,\"message\":\"no\"}}"
            ),
            ScriptedServer.Answer(
                200,
                "application/json",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"surprise\":true}}"
            ),
        ]
    )
    func fallingBack(answer: ScriptedServer.Answer) async throws {
        let handshake =
            "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"serverInfo\":{\"name\":\"x\",\"version\":\"1\"}}}"
        let server = ScriptedServer([
            answer, ScriptedServer.Answer(200, "application/json", handshake, ["Mcp-Session-Id": "mine"]),
            ScriptedServer.Answer(202, "", ""),
        ])
        let client = MCPClient(try server.transport, identity: .tester)
        #expect(try await client.connect().version == .v2025_11_25)
        let asked = server.asked
        #expect(asked[0].headers["Mcp-Method"] == "server/discover")
        #expect(asked[1].headers["Mcp-Session-Id"] == nil && asked[1].headers["MCP-Protocol-Version"] == nil)
        #expect(
            asked[2].headers["Mcp-Session-Id"] == "mine" && asked[2].headers["MCP-Protocol-Version"] == "2025-11-25"
        )
        await client.close()
    }
}

/// Gives the answers it was told, one after another; then 405.
final class ScriptedServer: HTTPClient {
    struct Answer: Sendable, CustomTestStringConvertible {
        var status: Int
        var type: String
        var body: String
        var headers: HTTPHeaders

        init(_ status: Int, _ type: String, _ body: String, _ headers: HTTPHeaders = [:]) {
            self.status = status
            self.type = type
            self.body = body
            self.headers = headers
        }

        var testDescription: String { "\(status) \(type) \(body.prefix(60))" }

        static let discovered = Answer(
            200,
            "application/json",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"resultType\":\"complete\",\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":{},\"ttlMs\":0,\"cacheScope\":\"private\"}}"
        )
    }

    private let answers: Mutex<[Answer]>
    private let requests = Mutex<[HTTPRequest]>([])

    init(_ answers: [Answer]) { self.answers = Mutex(answers) }

    var asked: [HTTPRequest] { requests.withLock { $0 } }

    var transport: StreamableHTTPTransport {
        get throws {
            let url = try HTTPURL("http://server.example/mcp")
            return StreamableHTTPTransport(RemoteServer(url: url, maximumMessageBytes: 8_000), client: self)
        }
    }

    func stream(_ request: HTTPRequest) async throws -> HTTPStreamingResponse {
        requests.withLock { $0.append(request) }
        let answer = answers.withLock { $0.isEmpty ? Answer(405, "", "") : $0.removeFirst() }
        var headers = answer.headers
        if !answer.type.isEmpty { headers["Content-Type"] = answer.type }
        let pieces = Mutex([Array(answer.body.utf8)])
        let head = HTTPResponseHead(status: HTTPStatus(integerLiteral: answer.status), headers: headers)
        return HTTPStreamingResponse(head, body: HTTPBody { pieces.withLock { $0.popLast() } })
    }
}
