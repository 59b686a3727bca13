import HTTPTransport
import SkillService
import TestSupport
import Testing

@Suite("What browsers are told about pages of other origins")
struct ForeignPageTests {
    private func access(_ home: String, _ origins: Set<String>) -> ServiceAccess {
        ServiceAccess(audience: ServerAudience(origins: origins), tokens: AccessTokenStore(home: home))
    }

    private func preflight(_ access: ServiceAccess, _ more: HTTPHeaders) -> (HTTPServerResponse?, HTTPStatus?) {
        var headers: HTTPHeaders = ["Host": "localhost:8420", "Access-Control-Request-Method": "POST"]
        for field in more.fields { headers[field.name] = field.value }
        let request = HTTPServerRequest(method: .options, target: "/v1/runs", headers: headers)
        do throws(AccessRefusal) { return (try access.preflight(request), nil) } catch { return (nil, error.status) }
    }

    @Test("by itself no page may ask, and no answer says otherwise")
    func off() async throws {
        try await withTemporaryFolder { home in
            let access = access(home, [])
            #expect(preflight(access, ["Origin": "https://app.example"]).1 == 403)
            #expect(preflight(access, ["Origin": "http://localhost:8420"]).1 == 403, "own pages need not ask")
            let request = HTTPServerRequest(method: .get, target: "/", headers: ["Origin": "https://app.example"])
            #expect(access.pageHeaders(for: request).isEmpty)
        }
    }

    @Test("an allowed page is named exactly, never with credentials, and nobody else is")
    func allowed() async throws {
        try await withTemporaryFolder { home in
            let access = access(home, ["https://app.example"])
            let answer = try #require(
                preflight(
                    access,
                    [
                        "Origin": "https://app.example",
                        "Access-Control-Request-Headers": "authorization, mcp-param-city, x-evil, mcp-param-a:b",
                    ]
                ).0
            )
            #expect(answer.status == 204)
            #expect(answer.headers["Access-Control-Allow-Origin"] == "https://app.example")
            #expect(answer.headers["Access-Control-Allow-Methods"]?.contains("DELETE") == true)
            let fields = try #require(answer.headers["Access-Control-Allow-Headers"])
            #expect(fields.contains("Authorization") && fields.hasSuffix("mcp-param-city"))
            #expect(answer.headers["Vary"]?.hasPrefix("Origin") == true)
            #expect(answer.headers["Access-Control-Allow-Credentials"] == nil)
            #expect(answer.headers["Access-Control-Allow-Private-Network"] == nil)
            let origins: [String] = ["https://app.example.evil", "https://app.example:8443", "null", "*"]
            for origin in origins { #expect(preflight(access, ["Origin": origin]).1 == 403) }
            #expect(preflight(access, ["Origin": "https://app.example", "Host": "evil.example"]).1 == 421)

            for (origin, shown) in [("https://app.example", "https://app.example"), ("https://evil.example", nil)] {
                let request = HTTPServerRequest(method: .get, target: "/", headers: ["Origin": origin])
                let headers = access.pageHeaders(for: request)
                #expect(headers["Access-Control-Allow-Origin"] == shown)
                #expect(headers["Vary"] == "Origin")
                #expect(headers["Access-Control-Allow-Credentials"] == nil)
            }
        }
    }

    @Test("a request that only looks like such a question is none")
    func otherOptions() async throws {
        try await withTemporaryFolder { home in
            let request = HTTPServerRequest(method: .options, target: "/", headers: ["Host": "localhost"])
            let answer = try access(home, []).preflight(request)
            #expect(answer == nil)
        }
    }

    @Test(
        "an origin is a scheme, a host and a port",
        arguments: [
            ("https://app.example", "https://app.example"), ("HTTP://App.Example:3000", "http://app.example:3000"),
            ("http://[::1]:3000", "http://[::1]:3000"), ("*", nil), ("null", nil), ("app.example", nil),
            ("https://", nil), ("https://app.example/", nil), ("https://app.example/path", nil),
            ("ftp://app.example", nil), ("https://*.example", nil), ("https://user@app.example", nil),
            ("https://app.example\r\nX: y", nil),
        ] as [(String, String?)]
    )
    func origins(text: String, origin: String?) { #expect(ServerAudience.origin(text) == origin) }
}
