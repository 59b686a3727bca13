import Dispatch
import Glibc
import HTTPTransport
import Synchronization
import Testing

/// One after the other, because they open thousands of descriptors, or count them.
@Suite("Clients that mean harm, or are broken", .serialized, .timeLimit(.minutes(5)))
struct HostileClientTests {
    /// Says what it was asked.
    private static let echo: HTTPServer.Handler = { request in
        let parts = request.pathParts?.joined(separator: "|") ?? "no path"
        let text = "\(request.method) \(parts) host=\(request.headers["Host"] ?? "-") body=\(request.body.count)\n"
        return HTTPServerResponse(200, "text/plain", text)
    }

    private func withServer(
        _ options: HTTPServerOptions = HTTPServerOptions(),
        handler: @escaping HTTPServer.Handler = echo,
        _ body: (HTTPServer) async throws -> Void
    ) async throws {
        let server = try HTTPServer(options, handler: handler)
        do { try await body(server) } catch {
            await server.stop(grace: .zero)
            throw error
        }
        await server.stop(grace: .milliseconds(100))
    }

    private func status(_ server: HTTPServer, _ path: String = "/after") async throws -> HTTPStatus {
        let url = try HTTPURL("http://127.0.0.1:\(server.port)\(path)")
        return try await CurlHTTPClient().send(HTTPRequest(.get, url)).status
    }

    private static let host = "Host: localhost\r\n"

    @Test(
        "are answered with the right status, and the next client is answered",
        arguments: [
            ("GET http://localhost:1/a%2Fb HTTP/1.1\r\nHost: evil\r\n\r\n", "200", "GET a/b host=localhost:1 body=0"),
            ("GET /../../etc/passwd HTTP/1.1\r\n\(host)\r\n", "200", "GET ..|..|etc|passwd"),
            ("GET /%2e%2e%2fetc%2Fpasswd HTTP/1.1\r\n\(host)\r\n", "200", "GET ../etc/passwd host"),
            ("GET /..%c0%af..%c0%afetc HTTP/1.1\r\n\(host)\r\n", "200", "GET no path"),
            ("GET /a%00b HTTP/1.1\r\n\(host)\r\n", "200", "GET no path"),
            ("GET /\\..\\etc HTTP/1.1\r\n\(host)\r\n", "200", "GET \\..\\etc host"),
            ("OPTIONS * HTTP/1.1\r\n\(host)\r\n", "200", "OPTIONS *"),
            ("BREW /pot HTTP/1.1\r\n\(host)\r\n", "200", "BREW pot"),
            ("GET relative HTTP/1.1\r\n\(host)\r\n", "400", ""),
            ("CONNECT localhost:80 HTTP/1.1\r\n\(host)\r\n", "400", ""),
            ("GET / HTTP/1.1\r\n\(host)\(host)\r\n", "400", ""),
            ("GET / HTTP/1.1\r\n\(host)X-A: b\u{7}c\r\n\r\n", "400", ""),
            ("GET / HTTP/2.0\r\n\(host)\r\n", "505", ""),
            ("POST / HTTP/1.1\r\n\(host)Content-Length: 1001\r\n\r\n", "413", ""),
            ("POST / HTTP/1.1\r\n\(host)Content-Length: 9223372036854775808\r\n\r\n", "413", ""),
            ("POST / HTTP/1.1\r\n\(host)Content-Length: 1001\r\nExpect: 100-continue\r\n\r\n", "413", ""),
            (
                "POST / HTTP/1.1\r\n\(host)Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /b HTTP/1.1\r\n\r\n",
                "400", ""
            ),
            ("POST / HTTP/1.1\r\n\(host)Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", "400", ""),
            ("POST / HTTP/1.1\r\n\(host)Transfer-Encoding: gzip\r\n\r\n", "501", ""),
            ("POST / HTTP/1.1\r\n\(host)Transfer-Encoding: chunked\r\n\r\nzz\r\n", "400", ""),
            (
                "POST / HTTP/1.1\r\n\(host)Transfer-Encoding: chunked\r\n\r\n"
                    + String(repeating: "64\r\n\(String(repeating: "y", count: 100))\r\n", count: 60),
                "413", ""
            ),
            (
                "POST / HTTP/1.1\r\n\(host)Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", "200",
                "POST  host=localhost body=3"
            ),
        ] as [(String, String, String)]
    )
    func statuses(request: String, status: String, text: String) async throws {
        try await withServer(HTTPServerOptions(maximumBodyBytes: 1_000)) { server in
            // Closed on its sending side, so that connections which stay open end, too.
            let answer = try await RawClient(port: server.port).send(request, .half)
            #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(answer.prefix(80))")
            #expect(text.isEmpty || answer.contains(text), "\(answer.suffix(80))")
            #expect(answer.split(separator: "HTTP/1.1 ").count == 1, "one request, one answer")
            let after = try await self.status(server)
            #expect(after == 200)
        }
    }

    @Test("a target or header that is no UTF-8 harms nobody")
    func invalidText() async throws {
        try await withServer { server in
            let client = RawClient(port: server.port)
            let target = try await client.send(
                Array("GET /".utf8) + [0xFF, 0xFE] + Array(" HTTP/1.1\r\n\(Self.host)\r\n".utf8),
                .half
            )
            #expect(target.hasPrefix("HTTP/1.1 400 "), "\(target.prefix(80))")
            let header = try await client.send(
                Array("GET / HTTP/1.1\r\n\(Self.host)X-A: ".utf8) + [0xFF] + Array("\r\n\r\n".utf8),
                .half
            )
            #expect(header.hasPrefix("HTTP/1.1 200 "), "\(header.prefix(80))")
        }
    }

    @Test("a client that has closed its sending side still gets an answer that comes soon")
    func halfClosed() async throws {
        let handler: HTTPServer.Handler = { request in
            if request.target == "/slow" { try? await Task.sleep(for: .seconds(600)) }
            await Task.yield()
            return HTTPServerResponse(200, "text/plain", Task.isCancelled ? "cancelled" : "answered")
        }
        try await withServer(HTTPServerOptions(receiveTimeout: .seconds(1)), handler: handler) { server in
            let client = RawClient(port: server.port)
            let soon = try await client.send("GET /soon HTTP/1.1\r\n\(Self.host)\r\n", .half)
            #expect(soon.hasSuffix("answered"))
            let slow = try await client.send("GET /slow HTTP/1.1\r\n\(Self.host)\r\n", .half)
            #expect(slow.isEmpty, "\(slow.prefix(80))")
            let unfinished = "POST / HTTP/1.1\r\n\(Self.host)Content-Length: 10\r\n\r\nhalf"
            let half = try await client.send(unfinished, .half)
            #expect(!half.contains("answered"))
        }
    }

    @Test("bodies of all requests together have a limit; what was held is given back")
    func manyBodies() async throws {
        let (entered, enter) = AsyncStream.makeStream(of: Void.self)
        let (left, leave) = AsyncStream.makeStream(of: Void.self)
        let handler: HTTPServer.Handler = { request in
            if request.target == "/hold" {
                enter.yield()
                for await _ in left { break }
            }
            return HTTPServerResponse(200, "text/plain", "\(request.body.count)")
        }
        let options = HTTPServerOptions(maximumBodyBytes: 1_000, bodyMemoryBytes: 1_500)
        try await withServer(options, handler: handler) { server in
            let body = [UInt8](repeating: 7, count: 1_000)
            @Sendable func post(_ path: String) async throws -> HTTPStatus {
                let url = try HTTPURL("http://127.0.0.1:\(server.port)\(path)")
                return try await CurlHTTPClient().send(HTTPRequest(.post, url, body: body)).status
            }
            async let held = post("/hold")
            for await _ in entered { break }
            for _ in 0..<3 {
                let refused = try await post("/other")
                #expect(refused == 503)
            }
            leave.yield()
            let first = try await held
            #expect(first == 200)
            for _ in 0..<3 {
                let taken = try await post("/other")
                #expect(taken == 200)
            }
        }
    }

    @Test("many who never read what streams to them keep nobody else from being answered")
    func neverReading() async throws {
        let asked = Mutex(0)
        let handler: HTTPServer.Handler = { request in
            guard request.target == "/" else { return HTTPServerResponse(200, "text/plain", "here") }
            let body = HTTPBody {
                asked.withLock { $0 += 1 }
                return [UInt8](repeating: 1, count: 1 << 16)
            }
            return HTTPServerResponse(200, headers: ["Content-Type": "text/event-stream"], body: .stream(body))
        }
        try await withServer(handler: handler) { server in
            let sockets = try (0..<100).map { _ in try #require(Self.connection(to: server.port)) }
            defer { for socket in sockets { close(socket) } }
            for socket in sockets { #expect(Self.say("GET / HTTP/1.1\r\n\(Self.host)\r\n", on: socket)) }
            for _ in 0..<20 {
                let status = try await status(server)
                #expect(status == 200)
            }
            // Buffers of the system and 64 KiB of ours each; a reader would have got gigabytes meanwhile.
            #expect(asked.withLock(\.self) < 100 * 200)
        }
    }

    @Test("two thousand idle connections, half of them in the middle of a request, keep nobody from being answered")
    func idle() async throws {
        try await withServer { server in
            let sockets = try (0..<2_000).map { _ in try #require(Self.connection(to: server.port)) }
            defer { for socket in sockets { close(socket) } }
            for socket in sockets.prefix(1_000) { #expect(Self.say("GET /x HTTP/1.1\r\nHost: ", on: socket)) }
            for _ in 0..<20 {
                let status = try await status(server)
                #expect(status == 200)
            }
            // And those that wait are still there to be answered.
            #expect(Self.say("GET /late HTTP/1.1\r\n\(Self.host)\r\n", on: sockets[1_999]))
            #expect(await Self.firstByte(from: sockets[1_999]) == UInt8(ascii: "H"))
        }
    }

    @Test("connections beyond the limit of one address are closed, and room is made when others go")
    func tooMany() async throws {
        try await withServer(HTTPServerOptions(maximumConnectionsPerAddress: 8)) { server in
            let sockets = try (0..<8).map { _ in try #require(Self.connection(to: server.port)) }
            // Those eight are accepted once the last one is answered.
            #expect(Self.say("GET /x HTTP/1.1\r\n\(Self.host)\r\n", on: sockets[7]))
            #expect(await Self.firstByte(from: sockets[7]) == UInt8(ascii: "H"))
            let ninth = try #require(Self.connection(to: server.port))
            #expect(await Self.firstByte(from: ninth) == nil)
            close(ninth)
            for socket in sockets { close(socket) }
            // The server sees them go a moment later.
            var status: HTTPStatus?
            while status == nil { status = try? await self.status(server) }
            #expect(status == 200)
        }
    }

    @Test("a thousand requests leave no descriptor open")
    func descriptors() async throws {
        try await withServer { server in
            let client = CurlHTTPClient()
            let url = try HTTPURL("http://127.0.0.1:\(server.port)/")
            _ = try await client.send(HTTPRequest(.get, url))
            let before = openDescriptors()
            for _ in 0..<1_000 { _ = try await client.send(HTTPRequest(.get, url)) }
            // Other tests of the process open some meanwhile; a leak would show a thousand.
            #expect(openDescriptors() < before + 500)
        }
    }

    /// A connection to a port of this machine.
    private static func connection(to port: Int) -> Int32? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port)).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if connected == 0 { return descriptor }
        close(descriptor)
        return nil
    }

    /// The next byte from a socket, awaited on a thread that may wait; nil at its end.
    private static func firstByte(from socket: Int32) async -> UInt8? {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                var byte: UInt8 = 0
                continuation.resume(returning: read(socket, &byte, 1) == 1 ? byte : nil)
            }
        }
    }

    private static func say(_ text: String, on socket: Int32) -> Bool {
        let bytes = Array(text.utf8)
        return send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
    }
}

private func openDescriptors() -> Int {
    var count = 0
    guard let folder = opendir("/proc/self/fd") else { return 0 }
    while readdir(folder) != nil { count += 1 }
    closedir(folder)
    return count
}
