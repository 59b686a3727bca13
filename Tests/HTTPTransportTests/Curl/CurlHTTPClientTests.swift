import HTTPTransport
import TestSupport
import Testing

@Suite("The HTTP client", .enabled(if: ScriptedServer.isAvailable, ScriptedServer.absence))
struct CurlHTTPClientTests {
    private let client = CurlHTTPClient()

    private func request(
        _ server: ScriptedServer,
        _ target: String = "/",
        method: HTTPMethod = .get,
        headers: HTTPHeaders = [:],
        body: [UInt8]? = nil,
        adjust: (inout HTTPLimits) -> Void = { _ in }
    ) throws -> HTTPRequest {
        var limits = HTTPLimits()
        adjust(&limits)
        return HTTPRequest(method, try HTTPURL(server.origin + target), headers: headers, body: body, limits: limits)
    }

    /// The error of a call that must fail.
    private func failure(_ request: HTTPRequest) async throws -> HTTPError {
        do {
            let response = try await client.send(request)
            throw Unexpected(response: response)
        } catch let error as HTTPError {
            return error
        }
    }

    private struct Unexpected: Error { let response: HTTPResponse }

    // MARK: - What is sent

    @Test("sends method, target, headers and body as they are, and says who it is")
    func sends() async throws {
        try await withScriptedServer(["*": [.whole("done")]]) { server async throws in
            let body = Array("{\"ü\":1}".utf8)
            let headers: HTTPHeaders = ["Content-Type": "application/json", "X-Empty": "", "X-Two": "a, b"]
            _ = try await client.send(request(server, "/p?q=a%20b", method: .post, headers: headers, body: body))
            _ = try await client.send(request(server, method: .put, body: []))
            _ = try await client.send(request(server, method: .delete))
            let sent = try server.requests()
            #expect(sent.map(\.method) == ["POST", "PUT", "DELETE"])
            #expect(sent[0].target == "/p?q=a%20b")
            #expect(sent[0].body == "{\"ü\":1}")
            #expect(sent[0].header("content-type") == "application/json")
            #expect(sent[0].header("x-empty") == "")
            #expect(sent[0].header("x-two") == "a, b")
            #expect(sent[0].header("user-agent") == "skillweaver/\(ProgramVersion.current)")
            #expect(sent[0].header("expect") == nil)
            #expect(sent[1].header("content-length") == "0")
            #expect(sent[1].header("content-type") == nil)
            #expect(sent[2].header("content-length") == nil)
        }
    }

    @Test("sends nothing to an address that is refused, also on a connection it has already")
    func addresses() async throws {
        try await withScriptedServer(["*": [.whole("done")]]) { server async throws in
            var allowed = try request(server)
            allowed.addressCheck = HTTPAddressCheck { address, port in
                address == "127.0.0.1" && port == server.port ? nil : "unexpected \(address):\(port)"
            }
            _ = try await client.send(allowed)
            var refused = try request(server)
            refused.addressCheck = HTTPAddressCheck { address, _ in "\(address) is not wanted" }
            let error = try await failure(refused)
            #expect(error.kind == .addressRefused && error.detail == "127.0.0.1 is not wanted")
            #expect(error.remedy == .fixRequest)
            let sent = try server.requests()
            #expect(sent.count == 1)
        }
    }

    @Test("keeps a connection and uses it again")
    func reuse() async throws {
        try await withScriptedServer(["*": [.whole("done")]]) { server async throws in
            for _ in 0..<20 { _ = try await client.send(request(server)) }
            #expect(Set(try server.requests().map(\.connection)) == [1])
        }
    }

    @Test(
        "sends no header that holds a line break, or that is the transport's own",
        arguments: [
            ["X": "a\r\nEvil: 1"], ["X\r\nEvil": "a"], ["X": "a\nb"], ["": "a"], ["X": "a\u{0}b"], ["X Y": "a"],
            ["Content-Length": "5"], ["transfer-encoding": "chunked"],
        ]
    )
    func injection(fields: [String: String]) async throws {
        var headers = HTTPHeaders()
        for (name, value) in fields { headers.add(name, value) }
        let error = try await failure(HTTPRequest(.get, HTTPURL("http://127.0.0.1:1/"), headers: headers))
        #expect(error.kind == .invalidRequest)
        #expect(!error.description.contains("Evil: 1"))
    }

    // MARK: - What is received

    @Test(
        "reads every status as an answer",
        arguments: ["200 OK", "204 No Content", "404 Not Found", "500 Oops", "999 ?"]
    )
    func statuses(status: String) async throws {
        try await withScriptedServer(["*": [.whole("", status: status, headers: [("X-A", "1"), ("x-a", "2")])]]) {
            server async throws in
            let response = try await client.send(request(server))
            #expect(response.status.code == Int(status.prefix(3)))
            #expect(response.headers.values(of: "X-A") == ["1", "2"])
        }
    }

    @Test("hands pieces over as they arrive, while the answer goes on")
    func streaming() async throws {
        let first = ScriptedResponse.chunk(Array("first".utf8))
        try await withScriptedServer([
            "*": [[.text(ScriptedResponse.chunkedHead()), .bytes(first), .hang]]
        ]) { server async throws in
            let response = try await client.stream(request(server))
            #expect(response.status == 200)
            var pieces = response.body.makeAsyncIterator()
            #expect(try await pieces.next() == Array("first".utf8))
        }
    }

    @Test("makes the server wait for a slow reader, and loses nothing")
    func backPressure() async throws {
        let length = 8 << 20
        let head = ScriptedResponse.head("200 OK", [("Content-Length", "\(length)")])
        try await withScriptedServer([
            "*": [[.text(head), .repeated(String(repeating: "0123456789abcdef", count: 4096), times: length >> 16)]]
        ]) { server async throws in
            let response = try await client.stream(request(server) { $0.bufferedBodyBytes = 64 << 10 })
            var received = 0
            for try await piece in response.body {
                #expect(piece.count <= 64 << 10)
                #expect(piece.first == Array("0123456789abcdef".utf8)[received % 16])
                received += piece.count
                await Task.yield()
            }
            #expect(received == length)
        }
    }

    @Test("unpacks gzip, but no bomb of it")
    func gzipBomb() async throws {
        let head = ScriptedResponse.head(
            "200 OK",
            [("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")]
        )
        try await withScriptedServer([
            "/small": [[.text(head), .gzipBomb(megabytes: 2)]], "/bomb": [[.text(head), .gzipBomb(megabytes: 512)]],
        ]) { server async throws in
            let small = try await client.send(request(server, "/small"))
            #expect(small.body.count == 2 << 20)
            let error = try await failure(request(server, "/bomb") { $0.maximumBodyBytes = 4 << 20 })
            #expect(error.kind == .bodyTooLarge)
        }
    }

    @Test("stops reading a gigabyte at the limit, announced or not", arguments: [true, false])
    func bodyLimit(isAnnounced: Bool) async throws {
        let head = ScriptedResponse.head("200 OK", isAnnounced ? [("Content-Length", "\(1 << 30)")] : [])
        let megabyte = String(repeating: "x", count: 1 << 20)
        try await withScriptedServer(["*": [[.text(head), .repeated(megabyte, times: 1024), .close]]]) {
            server async throws in
            let error = try await failure(request(server) { $0.maximumBodyBytes = 1 << 20 })
            #expect(error.kind == .bodyTooLarge)
            #expect(error.detail == "more than 1048576 bytes")
            #expect(error.place == server.origin)
        }
    }

    @Test("stops reading headers at the limit")
    func headerLimit() async throws {
        let lines: [ScriptedResponse.Step] = [
            .text("HTTP/1.1 200 OK\r\n"), .repeated("X-A: 0123456789\r\n", times: 100_000),
        ]
        try await withScriptedServer(["*": [ScriptedResponse(lines)]]) { server async throws in
            let error = try await failure(request(server))
            #expect(error.kind == .headersTooLarge)
        }
    }

    // MARK: - What goes wrong

    @Test(
        "says how the connection broke",
        arguments: [("/cut", "cut"), ("/reset", "reset"), ("/nothing", "nothing"), ("/chunk", "chunk")]
    )
    func broken(path: String, name: String) async throws {
        try await withScriptedServer([
            "/cut": [[.text(ScriptedResponse.head("200 OK", [("Content-Length", "10")]) + "12345"), .close]],
            "/reset": [[.text(ScriptedResponse.head("200 OK", [("Content-Length", "10")]) + "1"), .reset]],
            "/nothing": [[.close]],
            "/chunk": [[.text(ScriptedResponse.chunkedHead() + "5\r\nhe"), .close]],
        ]) { server async throws in
            let error = try await failure(request(server, path))
            #expect(error.kind == .connectionLost)
            #expect(error.remedy == .retry)
        }
    }

    @Test("does not take what is not HTTP")
    func notHTTP() async throws {
        try await withScriptedServer(["*": [[.text("220 smtp ready\r\n"), .close]]]) { server async throws in
            let error = try await failure(request(server))
            #expect(error.kind == .malformedResponse || error.kind == .invalidRequest)
        }
    }

    @Test("says that nothing listens, or that a host is not known")
    func unreachable() async throws {
        let port = try await withScriptedServer(["*": [.whole("x")]]) { $0.port }
        #expect(try await failure(HTTPRequest(.get, HTTPURL("http://127.0.0.1:\(port)/"))).kind == .unreachable)
        #expect(try await failure(HTTPRequest(.get, HTTPURL("http://nowhere.invalid/"))).kind == .unknownHost)
    }

    @Test("gives up when nothing comes, or when the whole takes too long")
    func timeOuts() async throws {
        let trickle = ScriptedResponse.head("200 OK", [("Content-Length", "100000")])
        try await withScriptedServer([
            "/hang": [[.hang]], "/stall": [[.text(trickle + "a"), .hang]],
            "/trickle": [[.text(trickle), .trickle(String(repeating: "x", count: 100_000), pause: 0.02)]],
        ]) { server async throws in
            let hanging = try await failure(request(server, "/hang") { $0.idleTimeout = .milliseconds(150) })
            #expect(hanging.kind == .idleTimedOut)
            let stalled = try await failure(request(server, "/stall") { $0.idleTimeout = .milliseconds(150) })
            #expect(stalled.kind == .idleTimedOut)
            // A byte every now and then is no silence, but it does not go on for ever.
            let slow = try await failure(
                request(server, "/trickle") {
                    $0.idleTimeout = .seconds(10)
                    $0.totalTimeout = .milliseconds(400)
                }
            )
            #expect(slow.kind == .timedOut)
        }
    }

    // MARK: - Redirects

    @Test("follows no redirect by itself, least of all to a file")
    func redirects() async throws {
        try await withScriptedServer([
            "/file": [.whole("", status: "302 Found", headers: [("Location", "file:///etc/passwd")])],
            "/away": [.whole("", status: "307 Temporary Redirect", headers: [("Location", "/here")])],
            "/here": [.whole("here")],
        ]) { server async throws in
            let answer = try await client.send(request(server, "/file"))
            #expect(answer.status == 302)
            await #expect(throws: HTTPError.self) {
                try await client.stream(request(server, "/file"), following: HTTPRedirectPolicy())
            }
            let followed = try await client.stream(request(server, "/away"), following: HTTPRedirectPolicy())
                .collected()
            #expect(followed.text == "here")
            #expect(try server.requests().count == 4)
        }
    }

    @Test("takes its credentials to no other server")
    func credentials() async throws {
        try await withScriptedServer(["*": [.whole("stranger")]]) { stranger async throws in
            try await withScriptedServer([
                "*": [.whole("", status: "302 Found", headers: [("Location", stranger.origin + "/x")])]
            ]) { server async throws in
                let request = try request(
                    server,
                    headers: ["Authorization": "Bearer sk-1", "X-Api-Key": "sk-2", "X-A": "1"]
                )
                let answer = try await client.stream(request, following: HTTPRedirectPolicy()).collected()
                #expect(answer.text == "stranger")
                let seen = try #require(try stranger.requests().first)
                #expect(seen.header("authorization") == nil)
                #expect(seen.header("x-api-key") == nil)
                #expect(seen.header("x-a") == "1")
            }
        }
    }

    // MARK: - Cancellation

    @Test(
        "stops the transfer when its task is cancelled, before the head and in the body",
        arguments: ["/hang", "/stall"]
    )
    func cancellation(path: String) async throws {
        let head = ScriptedResponse.head("200 OK", [("Content-Length", "10")])
        try await withScriptedServer(["/hang": [[.hang]], "/stall": [[.text(head + "a"), .hang]]]) {
            server async throws in
            let request = try request(server, path)
            let task = Task { try await client.send(request) }
            while try server.requests().isEmpty { await Task.yield() }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            try await server.waitUntilClientLeft()
        }
    }

    @Test("stops the transfer when nobody reads on")
    func abandoned() async throws {
        let head = ScriptedResponse.head("200 OK", [("Content-Length", "10")])
        try await withScriptedServer(["*": [[.text(head + "a"), .hang]]]) { server async throws in
            do {
                let response = try await client.stream(request(server))
                for try await _ in response.body { break }
            }
            try await server.waitUntilClientLeft()
        }
    }

    @Test("runs many transfers at once, and ends with its last one")
    func concurrency() async throws {
        try await withScriptedServer([
            "*": [[.crowd(32), .text(ScriptedResponse.head("200 OK", [("Content-Length", "2")]) + "ok")]]
        ]) {
            server async throws in
            let client = CurlHTTPClient(options: HTTPClientOptions(connectionsPerHost: 32))
            let answers = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<32 {
                    group.addTask { try await client.send(HTTPRequest(.get, HTTPURL(server.origin))).text }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers == Array(repeating: "ok", count: 32))
        }
    }

    @Test("reads on after the client itself is gone")
    func shortLivedClient() async throws {
        try await withScriptedServer(["*": [.chunked((0..<50).map { "piece \($0)\n" })]]) { server async throws in
            let response = try await CurlHTTPClient().stream(request(server))
            let text = try await String(decoding: response.body.collected(), as: UTF8.self)
            #expect(text.hasSuffix("piece 49\n"))
        }
    }

    // MARK: - Proxies

    @Test("goes through a proxy, except to where it must not")
    func proxy() async throws {
        try await withScriptedServer(["*": [.whole("by proxy")]]) { proxy async throws in
            let settings = HTTPProxy(try HTTPURL("http://me:secret@127.0.0.1:\(proxy.port)"), exceptions: ["127.0.0.1"])
            let client = CurlHTTPClient(options: HTTPClientOptions(proxy: settings))
            let answer = try await client.send(HTTPRequest(.get, HTTPURL("http://example.invalid/a")))
            #expect(answer.text == "by proxy")
            let seen = try #require(try proxy.requests().first)
            #expect(seen.target == "http://example.invalid/a")
            #expect(seen.header("proxy-authorization") == "Basic bWU6c2VjcmV0")
            try await withScriptedServer(["*": [.whole("straight")]]) { server async throws in
                #expect(try await client.send(HTTPRequest(.get, HTTPURL(server.origin))).text == "straight")
            }
        }
    }
}
