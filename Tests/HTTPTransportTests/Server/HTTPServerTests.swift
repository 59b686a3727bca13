import Glibc
import HTTPTransport
import Synchronization
import TestSupport
import Testing

@Suite("A server over HTTP/1.1")
struct HTTPServerTests {
    /// Says what it was asked.
    private static let echo: HTTPServer.Handler = { request in
        let text = "\(request.method) \(request.target) \(request.body.count) \(request.headers["X-Test"] ?? "-")"
        return HTTPServerResponse(200, "text/plain", text)
    }

    private func withServer<Value>(
        _ options: HTTPServerOptions = HTTPServerOptions(),
        handler: @escaping HTTPServer.Handler = echo,
        _ body: (HTTPServer) async throws -> Value
    ) async throws -> Value {
        let server = try HTTPServer(options, handler: handler)
        do {
            let value = try await body(server)
            await server.stop(grace: .milliseconds(100))
            return value
        } catch {
            await server.stop(grace: .zero)
            throw error
        }
    }

    private func get(_ server: HTTPServer, _ path: String, _ body: [UInt8]? = nil) async throws -> HTTPResponse {
        let url = try HTTPURL("http://127.0.0.1:\(server.port)\(path)")
        let method: HTTPMethod = body == nil ? .get : .post
        return try await CurlHTTPClient().send(HTTPRequest(method, url, headers: ["X-Test": "yes"], body: body))
    }

    @Test("a handler gets method, address, headers and body, and its answer arrives")
    func exchange() async throws {
        try await withServer { server in
            let got = try await get(server, "/a%2Fb?c=d")
            #expect(got.text == "GET /a%2Fb?c=d 0 yes")
            let posted = try await get(server, "/", Array(repeating: 7, count: 1 << 20))
            #expect(posted.text == "POST / 1048576 yes")
            #expect(posted.headers.mediaType == "text/plain")
        }
    }

    @Test("many requests at once are answered, each with its own answer")
    func concurrency() async throws {
        try await withServer { server in
            try await withThrowingTaskGroup { group in
                for number in 0..<64 {
                    group.addTask { try await (number, get(server, "/\(number)").text) }
                }
                for try await (number, text) in group { #expect(text == "GET /\(number) 0 yes") }
            }
        }
    }

    @Test("requests that come one behind the other on a connection are answered in order")
    func pipelining() async throws {
        try await withServer { server in
            let request = { (number: Int) in
                "GET /\(number) HTTP/1.1\r\nHost: x\r\n\(number == 3 ? "Connection: close\r\n" : "")\r\n"
            }
            let answer = try await RawClient(port: server.port).send((1...3).map(request).joined())
            let bodies = answer.split(separator: "\r\n").filter { $0.contains("GET /") }
            #expect(bodies.map { $0.prefix(6) } == ["GET /1", "GET /2", "GET /3"])
        }
    }

    @Test(
        "what is wrong with a request is answered with its status",
        arguments: [
            ("GET / HTTP/1.1\r\n\r\n", "400"),
            ("G@T / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "400"),
            ("GET / HTTP/1.1\r\nHost: x\r\nX-Long: \(String(repeating: "x", count: 70_000))\r\n\r\n", "431"),
            ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2000\r\n\r\n", "413"),
            (
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n\(String(repeating: "y", count: 2_000))\r\n0\r\n\r\n",
                "413"
            ),
        ]
    )
    func refused(request: String, status: String) async throws {
        try await withServer(HTTPServerOptions(maximumBodyBytes: 1_000)) { server in
            let answer = try await RawClient(port: server.port).send(request, .half)
            // Headers are too large before all of them were read: the answer may be lost when the connection is closed.
            let isLost = status == "431" && answer.isEmpty
            #expect(isLost || answer.hasPrefix("HTTP/1.1 \(status) "), "\(answer.prefix(80))")
            let after = try await get(server, "/after")
            #expect(after.status == 200)
        }
    }

    @Test("a client that sends too slowly loses its connection, others go on")
    func slowSender() async throws {
        try await withServer(HTTPServerOptions(receiveTimeout: .seconds(1))) { server in
            async let slow = RawClient(port: server.port)
                .send(
                    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n" + String(repeating: "z", count: 100),
                    .slow
                )
            let meanwhile = try await get(server, "/meanwhile")
            #expect(meanwhile.status == 200)
            let answer = try await slow
            #expect(answer.isEmpty, "\(answer.prefix(80))")
        }
    }

    @Test("a stream arrives piece by piece, and an error in it breaks the answer off")
    func streaming() async throws {
        let handler: HTTPServer.Handler = { request in
            let left = Mutex(3)
            let fails = request.target == "/broken"
            let body = HTTPBody {
                let number = left.withLock { left in
                    left -= 1
                    return left
                }
                if number < 0 { return nil }
                if number == 0, fails { throw CancellationError() }
                return Array("piece \(number)\n".utf8)
            }
            return HTTPServerResponse(200, headers: ["Content-Type": "text/plain"], body: .stream(body))
        }
        try await withServer(handler: handler) { server in
            let whole = try await get(server, "/whole")
            #expect(whole.text == "piece 2\npiece 1\npiece 0\n")
            await #expect(throws: HTTPError.self) { try await get(server, "/broken") }
        }
    }

    @Test("a client that does not read makes the source of a stream wait")
    func backPressure() async throws {
        let sent = Mutex(0)
        let gone = AsyncStream<Void>.makeStream()
        let handler: HTTPServer.Handler = { request in
            let source = Source { gone.continuation.yield() }
            let body = HTTPBody {
                withExtendedLifetime(source) { sent.withLock { $0 += 1 } }
                return [UInt8](repeating: 1, count: 1 << 16)
            }
            return HTTPServerResponse(200, body: .stream(body))
        }
        try await withServer(HTTPServerOptions(receiveTimeout: .seconds(1)), handler: handler) { server in
            let socket = try #require(connection(to: server.port))
            defer { close(socket) }
            // Nothing is read: after the silence that is allowed the server closes, and the source is let go.
            for await _ in gone.stream { break }
            #expect(sent.withLock(\.self) < 1_000, "a gigabyte was not asked for")
        }
    }

    @Test("the task of a request is cancelled when its client leaves")
    func clientLeaves() async throws {
        let cancelled = AsyncStream<Void>.makeStream()
        let handler: HTTPServer.Handler = { _ in
            let body = HTTPBody {
                do {
                    try await Task.sleep(for: .seconds(60))
                    return nil
                } catch {
                    cancelled.continuation.yield()
                    throw error
                }
            }
            return HTTPServerResponse(200, body: .stream(body))
        }
        try await withServer(HTTPServerOptions(receiveTimeout: .seconds(1)), handler: handler) { server in
            let stopped = Task {
                for await _ in cancelled.stream { return true }
                return false
            }
            _ = try await RawClient(port: server.port).send("GET / HTTP/1.1\r\nHost: x\r\n\r\n", .leave)
            // Nothing is sent, and the server goes on: its client is seen to have gone.
            #expect(await stopped.value)
        }
    }

    @Test(
        "a handler is cancelled as soon as its client leaves, before it has answered",
        .timeLimit(.minutes(1 * Sanitizer.patience))
    )
    func clientLeavesHandler() async throws {
        let cancelled = AsyncStream<Void>.makeStream()
        let handler: HTTPServer.Handler = { _ in
            try? await Task.sleep(for: .seconds(600))
            if Task.isCancelled { cancelled.continuation.finish() }
            return HTTPServerResponse(200)
        }
        try await withServer(handler: handler) { server in
            let client = try #require(connection(to: server.port))
            close(client)
            for await _ in cancelled.stream {}
        }
    }

    @Test("a connection on which headers only ever begin is closed", .timeLimit(.minutes(1 * Sanitizer.patience)))
    func endlessHeaders() async throws {
        try await withServer(HTTPServerOptions(receiveTimeout: .seconds(1))) { server in
            let head = "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: " + String(repeating: "x", count: 1_000)
            let answer = try await RawClient(port: server.port).send(head, .slow)
            #expect(answer.isEmpty, "\(answer.prefix(80))")
            let after = try await get(server, "/after")
            #expect(after.status == 200)
        }
    }

    @Test("stopping lets a request end that is being answered, and refuses new ones")
    func stopping() async throws {
        let entered = AsyncStream<Void>.makeStream()
        let leave = AsyncStream<Void>.makeStream()
        let server = try HTTPServer { _ in
            entered.continuation.yield()
            for await _ in leave.stream { break }
            return HTTPServerResponse(200, "text/plain", "late")
        }
        async let answer = get(server, "/")
        for await _ in entered.stream { break }
        async let stopped: Void = server.stop(grace: .seconds(20))
        leave.continuation.yield()
        let late = try await answer
        #expect(late.text == "late")
        await stopped
        await #expect(throws: HTTPError.self) { try await get(server, "/") }
    }

    @Test("a port that is taken is said to be")
    func addressInUse() async throws {
        try await withServer { server in
            let error = #expect(throws: HTTPServerError.self) {
                _ = try HTTPServer(HTTPServerOptions(port: server.port), handler: Self.echo)
            }
            #expect(error?.kind == .addressInUse)
        }
        let error = #expect(throws: HTTPServerError.self) {
            _ = try HTTPServer(HTTPServerOptions(host: "no.such.host.invalid"), handler: Self.echo)
        }
        #expect(error?.kind == .unknownHost)
    }

    @Test("a header of an answer cannot begin a line of its own")
    func headerInjection() async throws {
        try await withServer(handler: { _ in
            HTTPServerResponse(200, headers: ["X-Bad": "a\r\nSet-Cookie: b", "X-Good": "c"])
        }) { server in
            let headers = try await get(server, "/").headers
            #expect(headers["Set-Cookie"] == nil && headers["X-Bad"] == nil)
            #expect(headers["X-Good"] == "c")
        }
    }
}

/// Tells when nobody holds it any more.
private final class Source: Sendable {
    private let onEnd: @Sendable () -> Void

    init(onEnd: @escaping @Sendable () -> Void) { self.onEnd = onEnd }

    deinit { onEnd() }
}

/// A connection to a port of this machine that has asked for `/` and reads nothing.
private func connection(to port: Int) -> Int32? {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(port)).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let connected = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
    }
    let request = Array("GET / HTTP/1.1\r\nHost: x\r\n\r\n".utf8)
    guard connected == 0, write(descriptor, request, request.count) == request.count else { return nil }
    return descriptor
}
