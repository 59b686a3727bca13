import HTTPTransport
import JSONSchema
import PlanExecution
import SkillCatalog
import TestSupport
import Testing
import ToolConnectors

@Suite("The operations of an OpenAPI document", .enabled(if: ScriptedServer.isAvailable, ScriptedServer.absence))
struct OpenAPIInvokerTests {
    private static let environment = [
        "PETSHOP_TOKEN": "bearer-secret", "PETSHOP_KEY": "key-secret", "PETSHOP_LOGIN": "ada:password",
        "PETSHOP_QUERY_KEY": "query-secret",
    ]

    private func call(
        _ name: String,
        _ arguments: JSONObject,
        at server: ScriptedServer,
        network: [NetworkGrant] = [.loopback],
        variables: [String] = [],
        host: String? = nil
    ) async throws -> JSONValue {
        let address = host.map { "http://\($0):\(server.port)" } ?? server.origin
        let (skills, _) = try await PetShop.read(PetShop.yaml(server: address))
        let skill = try #require(skills.first)
        let tool = try #require(skill.tool(named: name))
        let grants = ToolGrants(skills: ["petshop": SkillGrant(network: network, environment: variables)])
        let invoker = OpenAPIInvoker(grants: grants, environment: Self.environment, client: CurlHTTPClient())
        #expect(invoker.canInvoke(tool, of: skill))
        // As a library and a journal keep it.
        let stored = try Skill(json: skill.json)
        return try await invoker.invoke(ToolCall(skill: stored, tool: tool, arguments: arguments, idempotencyKey: "k"))
            .value
    }

    @Test("are called with each argument in its place")
    func places() async throws {
        try await withScriptedServer(["*": [.whole("[]")]]) { server in
            _ = try await call(
                "listPets",
                ["limit": 3, "tags": ["a", "b,c"], "color": ["fur": "red"], "session": "x;y"],
                at: server
            )
            _ = try await call("replacePet", ["id": 7, "query_id": "q", "body_id": "b", "name": "Rex"], at: server)
            _ = try await call("post_search", ["q": "a b", "tags": ["x", "y"]], at: server)
            let requests = try server.requests()
            #expect(requests[0].target == "/v1/pets?limit=3&tags=a%2Cb%2Cc&color%5Bfur%5D=red")
            #expect(requests[0].header("Cookie") == "session=x%3By")
            #expect(requests[1].method == "PUT" && requests[1].target == "/v1/pets/7?id=q")
            let seen5 = try requests[1].json()
            #expect(seen5 == ["id": "b", "name": "Rex"])
            #expect(requests[2].header("Content-Type") == "application/x-www-form-urlencoded")
            #expect(requests[2].body == "q=a%20b&tags=x&tags=y")
            #expect(requests.allSatisfy { $0.header("Authorization") == nil })
        }
    }

    @Test(
        "show who calls by the first way whose variables are granted",
        arguments: [
            ("listPets", ["PETSHOP_TOKEN"], "Authorization", "Bearer bearer-secret"),
            ("createPet", ["PETSHOP_KEY"], "X-Key", "key-secret"),
            ("createPet", ["PETSHOP_LOGIN"], "Authorization", "Basic YWRhOnBhc3N3b3Jk"),
        ]
    )
    func authorization(tool: String, variables: [String], header: String, value: String) async throws {
        try await withScriptedServer(["*": [.whole("[]")]]) { server in
            _ = try await call(tool, tool == "createPet" ? ["name": "Rex"] : [:], at: server, variables: variables)
            let seen1 = try server.requests()
            #expect(seen1.first?.header(header) == value)
        }
    }

    @Test("show who calls in the query where the document says so, and hide it in what the server says")
    func queryKey() async throws {
        let refusal = ScriptedResponse.whole(#"{"error": "query-secret is wrong"}"#, status: "403 Forbidden")
        try await withScriptedServer(["*": [refusal]]) { server in
            let failure = await #expect(throws: ToolFailure.self) {
                try await call("owner", [:], at: server, variables: ["PETSHOP_QUERY_KEY"])
            }
            let seen2 = try server.requests()
            #expect(seen2.first?.target == "/v1/owner?api_key=query-secret")
            #expect(failure?.kind == .policy && failure?.message.contains("query-secret") == false)
        }
    }

    @Test("that need a variable nobody granted are not called")
    func missingGrant() async throws {
        try await withScriptedServer(["*": [.whole("{}")]]) { server in
            let failure = await #expect(throws: ToolFailure.self) {
                try await call("createPet", ["name": "Rex"], at: server)
            }
            #expect(failure?.code == "secret-missing" && failure?.message.contains("PETSHOP_KEY") == true)
            let seen3 = try server.requests()
            #expect(seen3.isEmpty)
        }
    }

    @Test(
        "reach only what is granted, by name and by address",
        arguments: [
            (nil, [], "network-not-granted"), (nil, [NetworkGrant.publicNetwork], "network-not-granted"),
            ("localhost", [NetworkGrant.host("pets.example.org", port: nil)], "network-not-granted"),
            // The name is granted, the address it leads to is not.
            ("pets.localhost", [NetworkGrant.host("pets.localhost", port: nil)], "address-not-granted"),
        ] as [(String?, [NetworkGrant], String)]
    )
    func network(host: String?, grants: [NetworkGrant], code: String) async throws {
        try await withScriptedServer(["*": [.whole("[]")]]) { server in
            let failure = await #expect(throws: ToolFailure.self) {
                try await call("listPets", [:], at: server, network: grants, host: host)
            }
            #expect(failure?.kind == .policy && failure?.code == code, "\(String(describing: failure))")
            let seen4 = try server.requests()
            #expect(seen4.isEmpty)
        }
    }

    @Test("reach a host that is granted by its address and port")
    func grantedPort() async throws {
        try await withScriptedServer(["*": [.whole("[]")]]) { server in
            let value = try await call("listPets", [:], at: server, network: [.host("127.0.0.1", port: server.port)])
            #expect(value == .array([]))
        }
    }

    @Test(
        "fail in a way that says whether they may be tried again",
        arguments: [
            ("getPet", "404 Not Found", ToolFailure.Kind.permanent, ToolFailure.Effect.none),
            ("createPet", "422 Unprocessable", .invalidInput, .none), ("getPet", "429 Slow Down", .transient, .none),
            ("getPet", "500 Oops", .transient, .none), ("replacePet", "500 Oops", .transient, .none),
            ("deletePet", "502 Oops", .transient, .none), ("createPet", "500 Oops", .transient, .unknown),
        ]
    )
    func failures(tool: String, status: String, kind: ToolFailure.Kind, effect: ToolFailure.Effect) async throws {
        try await withScriptedServer(["*": [.whole("{}", status: status)]]) { server in
            let arguments: JSONObject =
                switch tool {
                case "createPet": ["name": "Rex"]
                case "replacePet": ["id": 1, "body_id": "1"]
                default: ["id": 1]
                }
            let failure = await #expect(throws: ToolFailure.self) {
                try await call(tool, arguments, at: server, variables: ["PETSHOP_KEY"])
            }
            #expect(failure?.kind == kind && failure?.effect == effect)
        }
    }

    @Test("send no secret unencrypted to another machine")
    func secrecy() async throws {
        let (skills, _) = try await PetShop.read(PetShop.yaml(server: "http://pets.example.org"))
        let skill = try #require(skills.first)
        let tool = try #require(skill.tool(named: "createPet"))
        let grants = ToolGrants(skills: ["petshop": SkillGrant(network: [.any], environment: ["PETSHOP_KEY"])])
        let invoker = OpenAPIInvoker(grants: grants, environment: Self.environment, client: CurlHTTPClient())
        let failure = await #expect(throws: ToolFailure.self) {
            try await invoker.invoke(ToolCall(skill: skill, tool: tool, arguments: ["name": "x"], idempotencyKey: "k"))
        }
        #expect(failure?.code == "insecure")
    }

    @Test("are not taken from the front matter of a folder's skill")
    func forged() async throws {
        var skill = try #require(try await PetShop.read(PetShop.yaml(server: "http://127.0.0.1:1")).skills.first)
        skill.origin.folder = "/skills/forged"
        let invoker = OpenAPIInvoker(grants: ToolGrants(), environment: [:], client: CurlHTTPClient())
        #expect(!invoker.canInvoke(skill.tools[0], of: skill))
    }

    @Test("are read from an address, whose host answers for servers without one")
    func remote() async throws {
        try await withScriptedServer([
            "/petshop.json": [
                .whole(#"{"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {"/x": {"get": {}}}}"#)
            ],
            "/gone.json": [.whole("", status: "404 Not Found")], "/x": [.whole(#"{"ok": true}"#)],
        ]) { server in
            let source = SkillPath(path: "\(server.origin)/petshop.json", formats: [ToolDocuments()])
            #expect(source.name == "petshop")
            var found: [Skill] = []
            try await source.read { record in if case .skill(let skill) = record { found.append(skill) } }
            let skill = try #require(found.first)
            let grants = ToolGrants(skills: ["petshop": SkillGrant(network: [.loopback])])
            let invoker = OpenAPIInvoker(grants: grants, environment: [:], client: CurlHTTPClient())
            let call = ToolCall(skill: skill, tool: skill.tools[0], arguments: [:], idempotencyKey: "k")
            let value = try await invoker.invoke(call).value
            #expect(value == ["ok": true])
            let gone = SkillPath(path: "\(server.origin)/gone.json", formats: [ToolDocuments()])
            let error = await #expect(throws: SkillSourceError.self) { try await gone.read { _ in } }
            #expect(error?.kind == .missing)
        }
    }
}
