import Glibc
import HTTPTransport
import JSONSchema
import ModelContextProtocol
import TestSupport
import Testing

/// What a server over HTTP does when its client goes, or is slow: on sockets, where it matters.
@Suite("Clients that leave, or take their time")
struct DisconnectTests {
    private func withServer<Value: Sendable>(
        _ surface: SampleSurface,
        options: StreamableHTTPService.Options = .init(),
        http: HTTPServerOptions = HTTPServerOptions(),
        _ body: (HTTPServer) async throws -> Value
    ) async throws -> Value {
        let service = StreamableHTTPService(MCPServer(surface), options: options)
        let server = try HTTPServer(http) { await service.respond(to: $0) }
        let result = await Result { try await body(server) }
        await service.close()
        await server.stop(grace: .milliseconds(100))
        return try result.get()
    }

    private func bytes(_ request: HTTPServerRequest, port: Int) -> [UInt8] {
        var head = "\(request.method) /mcp HTTP/1.1\r\n"
        for field in request.headers.fields { head += "\(field.name): \(field.value)\r\n" }
        return Array((head + "Content-Length: \(request.body.count)\r\n\r\n").utf8) + request.body
    }

    private func progressing(_ tool: String, _ arguments: JSONObject) -> JSONValue {
        var meta = Wire.modernMeta.objectValue ?? JSONObject()
        meta["progressToken"] = 1
        return Wire.modern(
            "tools/call",
            ["name": .string(tool), "arguments": .object(arguments), "_meta": .object(meta)]
        )
    }

    @Test(
        "a call whose client goes before anything was said is cancelled",
        .timeLimit(.minutes(1 * Sanitizer.patience))
    )
    func silentCall() async throws {
        let surface = SampleSurface()
        try await withServer(surface) { server in
            let client = try LoopbackClient(port: server.port)
            client.send(bytes(Wire.post(Wire.call("wait", ["label": "gone"])), port: server.port))
            await surface.noted("waiting gone")
            client.close()
            await surface.noted("cancelled gone")
        }
    }

    @Test("a call whose stream is closed is cancelled", .timeLimit(.minutes(1 * Sanitizer.patience)))
    func streamingCall() async throws {
        let surface = SampleSurface()
        try await withServer(surface, options: .init(keepAlive: .milliseconds(20))) { server in
            let client = try LoopbackClient(port: server.port)
            client.send(bytes(Wire.post(Wire.call("wait", ["label": "stream"])), port: server.port))
            await surface.noted("waiting stream")
            #expect(await client.read(until: ":\n\n"))
            client.close()
            await surface.noted("cancelled stream")
        }
    }

    @Test(
        "a subscription whose client goes ends, and so does one whose client only stops sending",
        .timeLimit(.minutes(1 * Sanitizer.patience)),
        arguments: [false, true]
    )
    func subscription(isHalf: Bool) async throws {
        let surface = SampleSurface()
        try await withServer(surface) { server in
            let client = try LoopbackClient(port: server.port)
            let listen = Wire.modern("subscriptions/listen", ["notifications": ["toolsListChanged": true]])
            client.send(bytes(Wire.post(listen), port: server.port))
            #expect(await client.read(until: "acknowledged"))
            if isHalf { client.endSending() } else { client.close() }
            await surface.noted("unlistened")
        }
    }

    @Test("two hundred clients that go at once leave nothing behind", .timeLimit(.minutes(1 * Sanitizer.patience)))
    func many() async throws {
        let surface = SampleSurface()
        try await withServer(surface) { server in
            var clients: [LoopbackClient] = []
            for number in 0..<200 {
                let client = try LoopbackClient(port: server.port)
                client.send(bytes(Wire.post(Wire.call("wait", ["label": .string("\(number)")])), port: server.port))
                clients.append(client)
            }
            for number in 0..<200 { await surface.noted("waiting \(number)") }
            for client in clients { client.close() }
            for number in 0..<200 { await surface.noted("cancelled \(number)") }
        }
    }

    @Test(
        "a client that does not read its stream makes it wait, in bounded memory, and others are served",
        .timeLimit(.minutes(1 * Sanitizer.patience))
    )
    func slowReader() async throws {
        let surface = SampleSurface()
        try await withServer(surface) { server in
            let slow = try LoopbackClient(port: server.port)
            slow.send(bytes(Wire.post(progressing("count", ["steps": 200_000])), port: server.port))
            #expect(await slow.read(until: "HTTP/1.1 200"))
            let url = try HTTPURL("http://127.0.0.1:\(server.port)/mcp")
            let client = MCPClient(
                StreamableHTTPTransport(RemoteServer(url: url), client: CurlHTTPClient()),
                identity: .tester
            )
            let sum = try await client.callTool("add", ["a": 1, "b": 2]).structuredContent?["sum"]
            #expect(sum == 3)
            await client.close()
            slow.close()
        }
    }

    @Test(
        "headers that never end, a byte at a time, lose their connection",
        .timeLimit(.minutes(1 * Sanitizer.patience))
    )
    func slowHeaders() async throws {
        let surface = SampleSurface()
        try await withServer(surface, http: HTTPServerOptions(receiveTimeout: .seconds(1))) { server in
            let client = try LoopbackClient(port: server.port)
            client.send(Array("POST /mcp HTTP/1.1\r\nHost: localhost\r\nX-Slow: ".utf8))
            let clock = ContinuousClock()
            let start = clock.now
            while client.isOpen, clock.now - start < .seconds(30) {
                client.send([UInt8(ascii: "x")])
                try await Task.sleep(for: .milliseconds(50))
            }
            #expect(!client.isOpen)
        }
    }

    @Test(
        "a session that was forgotten is begun again, once for all calls that find out",
        .timeLimit(.minutes(1 * Sanitizer.patience))
    )
    func sessionExpiry() async throws {
        try await withServer(SampleSurface(), options: .init(maximumSessions: 1)) { server in
            let url = try HTTPURL("http://127.0.0.1:\(server.port)/mcp")
            func client() -> MCPClient {
                let transport = StreamableHTTPTransport(RemoteServer(url: url), client: CurlHTTPClient())
                return MCPClient(transport, identity: .tester, options: .init(versions: [.v2025_11_25]))
            }
            let (first, second) = (client(), client())
            try await first.connect()
            // There is room for one session.
            try await second.connect()
            try await withThrowingTaskGroup(of: JSONValue?.self) { group in
                for _ in 0..<20 {
                    group.addTask { try await first.callTool("add", ["a": 20, "b": 3]).structuredContent?["sum"] }
                }
                for try await sum in group { #expect(sum == 23) }
            }
            await first.close()
            await second.close()
        }
    }

    @Test("closing a client ends what it waits for", .timeLimit(.minutes(1 * Sanitizer.patience)))
    func closing() async throws {
        let surface = SampleSurface()
        try await withServer(surface) { server in
            let url = try HTTPURL("http://127.0.0.1:\(server.port)/mcp")
            let client = MCPClient(
                StreamableHTTPTransport(RemoteServer(url: url), client: CurlHTTPClient()),
                identity: .tester
            )
            let call = Task { try await client.callTool("wait", ["label": "closed"]) }
            await surface.noted("waiting closed")
            await client.close()
            await #expect(throws: ConnectionError.closed) { try await call.value }
            await surface.noted("cancelled closed")
        }
    }
}
