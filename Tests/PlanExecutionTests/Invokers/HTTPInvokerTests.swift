import HTTPTransport
import JSONSchema
import PlanExecution
import SkillCatalog
import TestSupport
import Testing

@Suite("An HTTP operation", .enabled(if: ScriptedServer.isAvailable, ScriptedServer.absence))
struct HTTPInvokerTests {
    private func call(
        _ operation: HTTPOperation,
        _ arguments: JSONObject,
        annotations: ToolAnnotations = ToolAnnotations(),
        deadline: Duration = .seconds(30)
    ) async throws -> JSONValue {
        let tool = Tool(name: "call", description: "Calls.", annotations: annotations)
        let origin = SkillOrigin(source: "test", file: "test")
        let skill = Skill(id: "api", name: "api", description: "An API.", tools: [tool], origin: origin)
        let client = CurlHTTPClient()
        let invoker = HTTPInvoker(["api.call": operation], client: client, environment: ["API_KEY": "very-secret"])
        let limits = CallLimits(deadline: deadline)
        let call = ToolCall(skill: skill, tool: tool, arguments: arguments, idempotencyKey: "run/s1", limits: limits)
        return try await invoker.invoke(call).value
    }

    @Test("says which server an operation depends on, also behind the checks")
    func server() {
        let tool = Tool(name: "call", description: "Calls.")
        let origin = SkillOrigin(source: "test", file: "test")
        let skill = Skill(id: "api", name: "api", description: "An API.", tools: [tool], origin: origin)
        let invoker = HTTPInvoker(
            ["api.call": HTTPOperation(.get, "HTTPS://Api.example.org:8443/v1/items/{id}?a=b")],
            client: CurlHTTPClient(),
            environment: [:]
        )
        let closures = ClosureInvoker(["api.other": { _ in .null }])
        let checked = CheckedInvoker(
            InvokerSet([closures, invoker]),
            workspace: RunWorkspace(folder: "/", results: "/")
        )
        #expect(checked.server(of: tool, of: skill) == "https://api.example.org:8443")
        #expect(checked.server(of: Tool(name: "other", description: ""), of: skill) == nil)
    }

    @Test("puts each argument in its place, escaped, with the secret and the idempotency key")
    func request() async throws {
        try await withScriptedServer(["*": [.whole(#"{"ok": true}"#)]]) { server in
            let operation = HTTPOperation(
                .post,
                "\(server.origin)/items/{id}/parts",
                parameters: [
                    "id": .init(.path, "id"), "tag": .init(.query, "tags"), "trace": .init(.header, "X-Trace"),
                ],
                authorization: .init(variable: "API_KEY")
            )
            let arguments: JSONObject = [
                "id": "a/../b?x", "tag": ["one", "two & three"], "trace": "t", "name": "é", "count": 2,
            ]
            let value = try await call(operation, arguments)
            #expect(value == ["ok": true])
            let request = try #require(try server.requests().first)
            #expect(request.method == "POST")
            #expect(request.target == "/items/a%2F..%2Fb%3Fx/parts?tags=one&tags=two%20%26%20three")
            #expect(request.header("X-Trace") == "t")
            #expect(request.header("Authorization") == "Bearer very-secret")
            #expect(request.header("Idempotency-Key") == "run/s1")
            let body = try request.json()
            #expect(body == ["name": "é", "count": 2])
        }
    }

    @Test(
        "cannot be bent by its arguments",
        arguments: [
            ("id", ".."), ("id", ""), ("trace", "a\r\nHost: evil"),
        ]
    )
    func injection(name: String, value: String) async throws {
        try await withScriptedServer(["*": [.whole("{}")]]) { server in
            let operation = HTTPOperation(
                .get,
                "\(server.origin)/items/{id}",
                parameters: ["id": .init(.path, "id"), "trace": .init(.header, "X-Trace")]
            )
            var arguments: JSONObject = ["id": "1"]
            arguments[name] = .string(value)
            let given = arguments
            let failure = await #expect(throws: ToolFailure.self) { try await call(operation, given) }
            #expect(failure?.kind == .invalidInput)
            let requests = try server.requests()
            #expect(requests.isEmpty)
        }
    }

    @Test(
        "that the server refuses says what kind of failure it is",
        arguments: [
            ("400 Bad Request", ToolFailure.Kind.invalidInput, ToolFailure.Effect.none),
            ("422 X", .invalidInput, .none),
            ("401 X", .policy, .none), ("403 X", .policy, .none), ("404 X", .permanent, .none),
            ("410 X", .permanent, .none),
            ("408 X", .transient, .none), ("429 X", .transient, .none), ("503 X", .transient, .none),
            ("500 X", .transient, .unknown), ("502 X", .transient, .unknown),
        ]
    )
    func statuses(status: String, kind: ToolFailure.Kind, effect: ToolFailure.Effect) async throws {
        let answer = ScriptedResponse.whole(
            "no: very-secret",
            status: status,
            type: "text/plain",
            headers: [("Retry-After", "7")]
        )
        try await withScriptedServer(["*": [answer]]) { server in
            let operation = HTTPOperation(.post, "\(server.origin)/", authorization: .init(variable: "API_KEY"))
            let failure = await #expect(throws: ToolFailure.self) { try await call(operation, [:]) }
            #expect(failure?.kind == kind && failure?.effect == effect)
            #expect(failure?.code == "http-\(status.prefix(3))")
            #expect(failure?.retryAfter == (kind == .transient ? .seconds(7) : nil))
            #expect(failure?.message.contains("very-secret") == false)
        }
    }

    @Test(
        "whose connection is lost after sending has an unknown effect, unless it can be repeated",
        arguments: [
            (HTTPMethod.post, ToolAnnotations(), ToolFailure.Effect.unknown), (.get, ToolAnnotations(), .none),
            (.post, ToolAnnotations(idempotencyKeyHint: true), .none), (.put, ToolAnnotations(), .none),
        ]
    )
    func lostConnection(method: HTTPMethod, annotations: ToolAnnotations, effect: ToolFailure.Effect) async throws {
        try await withScriptedServer(["*": [[.close]]]) { server in
            let failure = await #expect(throws: ToolFailure.self) {
                try await call(HTTPOperation(method, "\(server.origin)/"), [:], annotations: annotations)
            }
            #expect(failure?.kind == .transient && failure?.effect == effect)
        }
    }

    @Test("that nobody answers has no effect: it was never sent")
    func unreachable() async throws {
        let failure = await #expect(throws: ToolFailure.self) {
            try await call(HTTPOperation(.post, "http://127.0.0.1:1/"), [:])
        }
        #expect(failure?.kind == .transient && failure?.effect == ToolFailure.Effect.none)
    }

    @Test("whose answer does not come in time is given up")
    func timeout() async throws {
        try await withScriptedServer(["*": [[.hang]]]) { server in
            let failure = await #expect(throws: ToolFailure.self) {
                try await call(HTTPOperation(.post, "\(server.origin)/"), [:], deadline: .milliseconds(200))
            }
            #expect(failure?.kind == .transient && failure?.effect == .unknown)
        }
    }

    @Test("may answer with a text or with nothing, but not with broken JSON or bytes")
    func answers() async throws {
        let script: [String: [ScriptedResponse]] = [
            "/text": [.whole("hello", type: "text/plain")], "/none": [.whole("", status: "204 No Content")],
            "/broken": [.whole("{")],
            "/bytes": [[.text("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n"), .bytes([0xFF])]],
        ]
        try await withScriptedServer(script) { server in
            let text = try await call(HTTPOperation(.get, "\(server.origin)/text"), [:])
            #expect(text == ["text": "hello"])
            let none = try await call(HTTPOperation(.get, "\(server.origin)/none"), [:])
            #expect(none == JSONValue.null)
            for (path, code) in [("broken", "result-not-json"), ("bytes", "result-not-utf8")] {
                let failure = await #expect(throws: ToolFailure.self) {
                    try await call(HTTPOperation(.get, "\(server.origin)/\(path)"), [:])
                }
                #expect(failure?.code == code)
            }
        }
    }

    @Test("that needs a secret nobody set is refused before it is sent")
    func missingSecret() async throws {
        let operation = HTTPOperation(.get, "http://127.0.0.1:1/", authorization: .init(variable: "OTHER_KEY"))
        let failure = await #expect(throws: ToolFailure.self) { try await call(operation, [:]) }
        #expect(failure?.kind == .policy && failure?.code == "secret-missing")
    }
}
