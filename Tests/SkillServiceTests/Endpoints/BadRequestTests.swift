import HTTPTransport
import JSONSchema
import SkillService
import TestSupport
import Testing

@Suite(
    "Requests that ask wrongly",
    .enabled(if: Installed.encoder != nil && Installed.runtime != nil, Installed.encoderAbsence)
)
struct BadRequestTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var method: HTTPMethod
        var target: String
        var body: String?
        var mediaType: String?
        var status: Int
        var code: String

        var testDescription: String { "\(method) \(target.prefix(60)) \(body?.prefix(40) ?? "") → \(status)" }
    }

    private static func post(
        _ target: String,
        _ body: String,
        _ mediaType: String? = "application/json",
        _ status: Int,
        _ code: String
    ) -> Case { Case(method: .post, target: target, body: body, mediaType: mediaType, status: status, code: code) }

    static let cases: [Case] = [
        Case(method: .get, target: "/nothing", status: 404, code: "unknown-path"),
        Case(method: .get, target: "/v1/../v1/skills", status: 404, code: "unknown-path"),
        Case(method: .get, target: "/console/%2e%2e%2fREADME.md", status: 404, code: "unknown-path"),
        Case(method: .get, target: "/%ff", status: 400, code: "invalid-input"),
        Case(method: .get, target: "/v1/search?q=%ff", status: 400, code: "invalid-input"),
        Case(method: .get, target: "/v1/search", status: 400, code: "invalid-input"),
        Case(method: .get, target: "/v1/search?q=", status: 400, code: "invalid-input"),
        Case(method: .get, target: "/v1/search?q=%20%20", status: 400, code: "invalid-input"),
        Case(method: .get, target: "/v1/search?q=x&top=0", status: 400, code: "invalid-input"),
        Case(method: .get, target: "/v1/search?q=x&top=many", status: 400, code: "invalid-input"),
        Case(method: .get, target: "/v1/search?q=x&q=y", status: 400, code: "invalid-input"),
        Case(method: .get, target: "/v1/search?q=x&limit=3", status: 400, code: "invalid-input"),
        Case(method: .get, target: "/v1/search?q=x&library=none", status: 404, code: "unknown-library"),
        Case(method: .get, target: "/v1/skills?cursor=-1", status: 400, code: "invalid-input"),
        Case(method: .put, target: "/v1/search", status: 405, code: "method"),
        Case(method: .delete, target: "/", status: 405, code: "method"),
        post("/v1/route", #"{"request":"x"}"#, "text/plain", 415, "content-type"),
        post("/v1/route", #"{"request":"x"}"#, nil, 415, "content-type"),
        post("/v1/route", "request=x", "application/x-www-form-urlencoded", 415, "content-type"),
        post("/v1/route", "{", 400, "invalid-input"), post("/v1/route", "[]", 400, "invalid-input"),
        post("/v1/route", "", 400, "invalid-input"), post("/v1/route", "{}", 400, "invalid-input"),
        post("/v1/route", #"{"request":7}"#, 400, "invalid-input"),
        post("/v1/route", #"{"request":"x","reqest":"y"}"#, 400, "invalid-input"),
        post("/v1/route", #"{"request":"   "}"#, 422, "request"),
        post("/v1/search", #"{"query":"x","top":1e99}"#, 400, "invalid-input"),
        post("/v1/runs", #"{"request":"x"}"#, 401, "token-needed"),
        post("/v1/access-tokens", #"{"name":"x","scopes":["admin"]}"#, 401, "token-needed"),
        Case(method: .get, target: "/v1/runs", status: 401, code: "token-needed"),
    ]

    private static func post(_ target: String, _ body: String, _ status: Int, _ code: String) -> Case {
        post(target, body, "application/json", status, code)
    }

    @Test("answer what was wrong, by its status and its code")
    func refuse() async throws {
        try await ServiceFixture.with { service in
            for bad in Self.cases {
                var request = HTTPServerRequest(
                    method: bad.method,
                    target: bad.target,
                    headers: ["Host": "localhost"],
                    body: Array((bad.body ?? "").utf8)
                )
                request.headers["Content-Type"] = bad.mediaType
                let answer = try await service.ask(request)
                #expect(answer.status == bad.status, "\(bad.testDescription): \(answer.text)")
                #expect(answer.json["code"] == .string(bad.code), "\(bad.testDescription): \(answer.text)")
                #expect(answer.headers.mediaType == "application/problem+json")
                #expect(answer.json["request_id"]?.stringValue == answer.headers["X-Request-Id"])
            }
        }
    }

    @Test("refuse bytes that are no UTF-8, and bodies that are too large")
    func bytes() async throws {
        try await ServiceFixture.with { service in
            var request = HTTPServerRequest(
                method: .post,
                target: "/v1/route",
                headers: ["Host": "localhost", "Content-Type": "application/json"],
                body: Array(#"{"request":""#.utf8) + [0xFF, 0xFE] + Array(#""}"#.utf8)
            )
            let invalid = try await service.ask(request)
            #expect(invalid.status == 400)
            request.body = Array(repeating: UInt8(ascii: " "), count: 2 << 20)
            let large = try await service.ask(request)
            #expect(large.status == 413)
        }
    }

    @Test("take the caller's name for a request where it is plain")
    func names() async throws {
        try await ServiceFixture.with { service in
            let named = try await service.ask(.get, "/healthz", headers: ["X-Request-Id": "job-7.a"])
            #expect(named.headers["X-Request-Id"] == "job-7.a")
            for name in ["a b", "", String(repeating: "x", count: 65), "é", "a\nb"] {
                let other = try await service.ask(.get, "/healthz", headers: ["X-Request-Id": name])
                #expect(other.headers["X-Request-Id"] != name)
            }
        }
    }

    @Test("tell callers to come back where too many are being answered")
    func busy() async throws {
        try await ServiceFixture.with(options: ServiceOptions(concurrency: 0, grace: .zero)) { service in
            let answer = try await service.ask(.get, "/v1/search?q=x")
            #expect(answer.status == 503)
            #expect(answer.headers["Retry-After"] == "1")
            let health = try await service.ask(.get, "/healthz")
            #expect(health.status == 200)
        }
    }

    @Test("say that the service stops, and that it took too long")
    func ends() async throws {
        try await ServiceFixture.with(options: ServiceOptions(deadline: .zero, grace: .zero)) { service in
            let slow = try await service.ask(.post, "/v1/route", ["request": "Tell the time in Oslo"])
            #expect(slow.status == 504)
            await service.service.stop()
            let ready = try await service.ask(.get, "/readyz")
            #expect(ready.status == 503)
            let refused = try await service.ask(.get, "/v1/search?q=x")
            #expect(refused.json["code"] == "stopping")
        }
    }
}
