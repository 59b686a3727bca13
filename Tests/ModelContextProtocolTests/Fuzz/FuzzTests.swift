import HTTPTransport
import JSONSchema
import ModelContextProtocol
import Synchronization
import TestSupport
import Testing

/// Messages that are almost right, thousands of them: always an answer, or the silence that is due; never the end.
@Suite("Mutated messages")
struct FuzzTests {
    private static let corpus: [JSONValue] = [
        Wire.modern("server/discover", id: "d"), Wire.modern("tools/list", ["cursor": "5"], id: 2),
        Wire.call("add", ["a": 1, "b": 2], id: 3), Wire.call("count", ["steps": 2], id: 4), Wire.call("book", id: 5),
        Wire.modern("resources/read", ["uri": "note://first"], id: 6),
        Wire.modern("tasks/get", ["taskId": "task-1"], id: 7),
        Wire.legacy("ping", id: 8), Wire.initialized,
        ["jsonrpc": "2.0", "id": 9, "result": ["x": [1, 2.5, nil, true, "é😀"]]],
        [
            "jsonrpc": "2.0", "id": 10,
            "error": ["code": -32_601, "message": "no", "data": ["supported": ["2026-07-28"]]],
        ],
    ]

    private static var bytes: [[UInt8]] { corpus.map { Array($0.serialized().utf8) } }

    @Test("what is read as a message is written and read as the same one", arguments: 1...4)
    func parser(seed: UInt64) {
        var mutation = Mutation(seed: seed)
        var read = 0
        for _ in 0..<1_500 {
            let line = mutation.mutated(mutation.pick(Self.bytes))
            guard let message = try? Message(bytes: line) else { continue }
            read += 1
            #expect((try? Message(bytes: message.line)) == message)
        }
        #expect(read > 30)
    }

    @Test("over standard streams every line that is no silence gets one answer", arguments: 1...2)
    func standardStreams(seed: UInt64) async throws {
        var mutation = Mutation(seed: seed)
        let service = try PipedService(SampleSurface(), options: .init(closingGrace: .seconds(60)))
        var due = 0
        for _ in 0..<1_000 {
            let text = mutation.mutated(mutation.pick(Self.bytes))
            for line in text.split(separator: 0x0A) where line.contains(where: { ![0x20, 0x09, 0x0D].contains($0) }) {
                switch try? Message(bytes: Array(line)) {
                case .request, nil: due += 1
                case .notification, .response: break
                }
            }
            service.send(text)
        }
        service.send(Wire.call("add", ["a": 40, "b": 2], id: "the last"))
        service.endInput()
        let said = try await service.rest()
        let answers = said.filter { $0["method"] == nil }
        #expect(answers.count == due + 1)
        #expect(answers.allSatisfy { $0["jsonrpc"] == "2.0" && ($0["result"] != nil) != ($0["error"] != nil) })
        #expect(said.contains { $0["id"] == "the last" && $0["result"]?["structuredContent"]?["sum"] == 42 })
    }

    @Test("over HTTP every request gets one answer with a status of the table", arguments: 1...2)
    func http(seed: UInt64) async throws {
        var mutation = Mutation(seed: seed)
        let service = StreamableHTTPService(MCPServer(SampleSurface()))
        for _ in 0..<1_000 {
            var request = Wire.post(mutation.pick(Self.corpus))
            if mutation.number(0..<3) > 0 { request.body = mutation.mutated(request.body) }
            if mutation.number(0..<3) > 0 {
                let field = mutation.pick(request.headers.fields)
                request.headers[field.name] = String(decoding: mutation.mutated(Array(field.value.utf8)), as: UTF8.self)
            }
            let answer = try await service.answer(request)
            #expect([200, 202, 400, 403, 404, 406, 415, 421].contains(answer.status))
            guard answer.status != 202 else { continue }
            #expect(answer.last?["jsonrpc"] == "2.0")
            #expect((answer.last?["result"] != nil) != (answer.last?["error"] != nil))
        }
    }

    @Test(
        "bytes on a socket that are almost HTTP leave the server serving",
        .timeLimit(.minutes(1 * Sanitizer.patience))
    )
    func sockets() async throws {
        let service = StreamableHTTPService(MCPServer(SampleSurface()))
        let server = try HTTPServer(HTTPServerOptions(receiveTimeout: .seconds(1))) { await service.respond(to: $0) }
        var mutation = Mutation(seed: 5)
        let mutants = (0..<200).map { _ in
            let request = Wire.post(mutation.pick(Self.corpus))
            var text = "POST /mcp HTTP/1.1\r\n"
            for field in request.headers.fields { text += "\(field.name): \(field.value)\r\n" }
            let head = Array((text + "Content-Length: \(request.body.count)\r\n\r\n").utf8)
            return mutation.mutated(head + request.body)
        }
        // At once, because the server waits a while for what some of them promise.
        let answers = try await withThrowingTaskGroup(of: String.self) { group in
            for mutant in mutants {
                let client = try LoopbackClient(port: server.port)
                group.addTask {
                    client.send(mutant)
                    client.endSending()
                    return String(decoding: await client.readAll(), as: UTF8.self)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.allSatisfy { $0.isEmpty || $0.hasPrefix("HTTP/1.") })
        #expect(answers.contains { $0.hasPrefix("HTTP/1.1 400") })
        let url = try HTTPURL("http://127.0.0.1:\(server.port)/mcp")
        let client = MCPClient(
            StreamableHTTPTransport(RemoteServer(url: url), client: CurlHTTPClient()),
            identity: .tester
        )
        let sum = try await client.callTool("add", ["a": 1, "b": 1]).structuredContent?["sum"]
        #expect(sum == 2)
        await client.close()
        await server.stop(grace: .zero)
    }

    @Test(
        "a client whose server's answers are mutated ends each call, one way or another",
        .timeLimit(.minutes(1 * Sanitizer.patience)),
        arguments: 1...2
    )
    func client(seed: UInt64) async throws {
        let server = MutatingServer(seed: seed)
        let url = try HTTPURL("http://server.example/mcp")
        var answered = 0
        for _ in 0..<60 {
            let client = MCPClient(
                StreamableHTTPTransport(RemoteServer(url: url, maximumMessageBytes: 4_000), client: server),
                identity: .tester,
                input: ScriptedPerson(),
                options: .init(requestTimeout: .seconds(2))
            )
            for _ in 0..<3 {
                switch await Result(_: { try await client.callTool("add", ["a": 1, "b": 2]) }) {
                case .success: answered += 1
                case .failure(let error): #expect(error is ConnectionError || error is ProtocolError, "\(error)")
                }
            }
            await client.close()
        }
        #expect(answered > 0)
    }
}

/// Answers every request, in JSON or as events, with bytes that may be changed.
private final class MutatingServer: HTTPClient {
    private let mutation: Mutex<Mutation>
    private let service = StreamableHTTPService(MCPServer(SampleSurface()))

    init(seed: UInt64) { mutation = Mutex(Mutation(seed: seed)) }

    func stream(_ request: HTTPRequest) async throws -> HTTPStreamingResponse {
        var headers = request.headers
        headers["Host"] = "localhost"
        let asked = HTTPServerRequest(
            method: request.method,
            target: "/mcp",
            headers: headers,
            body: request.body ?? []
        )
        let response = await service.respond(to: asked)
        var whole: [UInt8]
        switch response.body {
        case .bytes(let bytes): whole = bytes
        case .stream: return HTTPStreamingResponse(HTTPResponseHead(status: 405), body: HTTPBody { nil })
        }
        var answer = response.headers
        let isChanged = mutation.withLock { mutation in
            if mutation.number(0..<2) == 0 {
                answer["Content-Type"] = "text/event-stream"
                whole = Array("event: message\ndata: ".utf8) + whole + [0x0A, 0x0A]
            }
            guard mutation.number(0..<2) == 0 else { return false }
            whole = mutation.mutated(whole)
            return true
        }
        let status = isChanged && mutation.withLock({ $0.number(0..<4) }) == 0 ? 500 : response.status
        let pieces = Mutex(
            stride(from: 0, to: whole.count, by: 100).map { Array(whole[$0..<min($0 + 100, whole.count)]) }
        )
        let body = HTTPBody { pieces.withLock { $0.isEmpty ? nil : $0.removeFirst() } }
        return HTTPStreamingResponse(HTTPResponseHead(status: status, headers: answer), body: body)
    }
}
