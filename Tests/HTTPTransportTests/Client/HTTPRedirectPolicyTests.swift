import Testing

@testable import HTTPTransport

@Suite("A redirect policy")
struct HTTPRedirectPolicyTests {
    private func next(
        _ request: HTTPRequest,
        _ status: HTTPStatus,
        _ location: String,
        policy: HTTPRedirectPolicy = HTTPRedirectPolicy(),
        followed: Int = 0
    ) throws -> HTTPRequest? {
        try policy.next(
            after: request,
            HTTPResponseHead(status: status, headers: ["Location": location]),
            followed: followed
        )
    }

    private func post(_ address: String) throws -> HTTPRequest {
        HTTPRequest(
            .post,
            try HTTPURL(address),
            headers: ["Authorization": "Bearer sk-1", "Cookie": "a=b", "Content-Type": "text/plain", "Accept": "*/*"],
            body: [1]
        )
    }

    @Test("takes no credentials to another server", arguments: ["https://other/x", "https://h:444/x", "//other/x"])
    func credentials(location: String) throws {
        let next = try next(post("https://h/"), 307, location)
        #expect(next?.headers["Authorization"] == nil)
        #expect(next?.headers["Cookie"] == nil)
        #expect(next?.headers["Accept"] == "*/*")
        let home = try self.next(post("https://h/"), 307, "/elsewhere")
        #expect(home?.headers["Authorization"] == "Bearer sk-1")
        #expect(home?.url.wireText == "https://h/elsewhere")
    }

    @Test(
        "leads nowhere but to the web, and never out of secrecy",
        arguments: ["file:///etc/passwd", "gopher://h/", "ftp://h/", "http://h/", "data:text/plain,x", "http://\r\n"]
    )
    func refused(location: String) throws {
        let error = #expect(throws: HTTPError.self) { try next(post("https://h/"), 302, location) }
        #expect(error?.kind == .redirectRefused)
    }

    @Test(
        "keeps the method or asks with GET, as the status says",
        arguments: [(301, "GET"), (302, "GET"), (303, "GET"), (307, "POST"), (308, "POST")]
    )
    func methods(status: Int, method: String) throws {
        let next = try next(post("http://h/"), HTTPStatus(status), "/x")
        #expect(next?.method.rawValue == method)
        #expect(next?.body == (method == "POST" ? [1] : nil))
        #expect((next?.headers["Content-Type"] == nil) == (method == "GET"))
    }

    @Test("ends after so many, and stays at home where it should")
    func bounds() throws {
        let policy = HTTPRedirectPolicy(maximumCount: 2, crossesOrigins: false)
        #expect(throws: HTTPError.self) { try next(post("http://h/"), 302, "/x", policy: policy, followed: 2) }
        #expect(throws: HTTPError.self) { try next(post("http://h/"), 302, "http://other/", policy: policy) }
        #expect(try next(post("http://h/"), 302, "/x", policy: policy, followed: 1) != nil)
    }

    @Test("leaves other answers alone", arguments: [200, 300, 304, 404])
    func others(status: Int) throws {
        #expect(try next(post("http://h/"), HTTPStatus(status), "/x") == nil)
    }
}
