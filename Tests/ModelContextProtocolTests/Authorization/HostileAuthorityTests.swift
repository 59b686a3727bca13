import HTTPTransport
import JSONSchema
import TestSupport
import Testing

@testable import ModelContextProtocol

/// One way a server or its authorization server can misbehave, and what must come of it.
struct HostileCase: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var kind: AuthorizationError.Kind
    var conduct: ScriptedAuthority.Conduct
    /// Nobody was sent to a page.
    var isBeforeTheBrowser = true

    init(
        _ name: String,
        _ kind: AuthorizationError.Kind,
        isBeforeTheBrowser: Bool = true,
        _ edit: (inout ScriptedAuthority.Conduct) -> Void
    ) {
        testDescription = name
        self.kind = kind
        self.isBeforeTheBrowser = isBeforeTheBrowser
        conduct = ScriptedAuthority.Conduct()
        edit(&conduct)
    }

    private static let resource = "/.well-known/oauth-protected-resource/mcp"
    private static let metadata = "/.well-known/oauth-authorization-server"

    private static func refusal(_ members: JSONValue) -> @Sendable (String, HTTPServerRequest) -> HTTPServerResponse {
        { _, _ in ScriptedAuthority.json(members, status: 400) }
    }

    static let all: [HostileCase] = [
        HostileCase("another issuer", .otherIssuer) { $0.metadata["issuer"] = "https://honest.example" },
        HostileCase("the issuer with a slash more", .otherIssuer) { conduct in
            conduct.overrides[metadata] = { origin, _ in
                ScriptedAuthority.json([
                    "issuer": .string("\(origin)/"), "authorization_endpoint": .string("\(origin)/authorize"),
                    "token_endpoint": .string("\(origin)/token"), "code_challenge_methods_supported": ["S256"],
                ])
            }
        },
        HostileCase("no issuer", .malformedDocument) { $0.metadata["issuer"] = .null },
        HostileCase("metadata of another host", .otherResource) {
            $0.resource["resource"] = "https://other.example/mcp"
        },
        HostileCase("metadata of a neighbour", .otherResource) { conduct in
            conduct.overrides[resource] = { origin, _ in
                ScriptedAuthority.json([
                    "resource": .string("\(origin)/mcp2"), "authorization_servers": [.string(origin)],
                ])
            }
        },
        HostileCase("metadata that claims the whole host from a part of it", .otherResource) { conduct in
            conduct.overrides[resource] = { origin, _ in
                ScriptedAuthority.json(["resource": .string(origin), "authorization_servers": [.string(origin)]])
            }
        },
        HostileCase("no authorization server", .malformedDocument) { $0.resource["authorization_servers"] = [] },
        HostileCase("an authorization server without https", .addressRefused) {
            $0.resource["authorization_servers"] = ["http://auth.example"]
        },
        HostileCase("an authorization server that is no address", .addressRefused) {
            $0.resource["authorization_servers"] = ["javascript:alert(1)"]
        },
        HostileCase("tokens only in the address", .malformedDocument) {
            $0.resource["bearer_methods_supported"] = ["query"]
        },
        HostileCase("an endpoint without https", .addressRefused) {
            $0.metadata["token_endpoint"] = "http://auth.example/token"
        },
        HostileCase("a page without https", .addressRefused) {
            $0.metadata["authorization_endpoint"] = "http://auth.example/authorize"
        },
        HostileCase("a page that is a program's", .addressRefused) {
            $0.metadata["authorization_endpoint"] = "file:///etc/passwd"
        },
        HostileCase("an endpoint with a password", .addressRefused) {
            $0.metadata["token_endpoint"] = "https://user:planted-secret-x@auth.example/token"
        },
        HostileCase("no proof keys", .noProofKey) { $0.metadata["code_challenge_methods_supported"] = .null },
        HostileCase("proof keys in the clear", .noProofKey) {
            $0.metadata["code_challenge_methods_supported"] = ["plain"]
        },
        HostileCase("no codes", .malformedDocument) { $0.metadata["response_types_supported"] = ["token"] },
        HostileCase("huge metadata", .malformedDocument) { conduct in
            conduct.overrides[metadata] = { _, _ in
                ScriptedAuthority.json(["issuer": .string(String(repeating: "x", count: 2 << 20))])
            }
        },
        HostileCase("metadata nested without end", .malformedDocument) { conduct in
            conduct.overrides[resource] = { _, _ in
                HTTPServerResponse(200, "application/json", String(repeating: "[", count: 50_000))
            }
        },
        HostileCase("metadata that is a page", .noMetadata) { conduct in
            conduct.overrides[resource] = { _, _ in HTTPServerResponse(200, "text/html", "<p>hello") }
        },
        HostileCase("metadata that is an error", .malformedDocument) { conduct in
            conduct.overrides[resource] = { _, _ in HTTPServerResponse(500) }
        },
        HostileCase("no metadata of the authorization server", .noMetadata) { conduct in
            conduct.overrides[metadata] = { _, _ in HTTPServerResponse(404) }
        },
        HostileCase("metadata that leads in a circle", .addressRefused) { conduct in
            conduct.overrides[metadata] = { _, _ in HTTPServerResponse(302, headers: ["Location": metadata]) }
        },
        HostileCase("nobody is registered", .noRegistration) { $0.metadata["registration_endpoint"] = .null },
        HostileCase("the registration is refused", .registrationRefused) {
            $0.overrides["/register"] = refusal(["error": "invalid_redirect_uri"])
        },
        HostileCase("a registration that leads elsewhere", .registrationRefused) {
            $0.overrides["/register"] = { origin, _ in HTTPServerResponse(307, headers: ["Location": "\(origin)/x"]) }
        },
        HostileCase("a registration without a name", .malformedDocument) {
            $0.overrides["/register"] = { _, _ in ScriptedAuthority.json(["client_secret": "x"], status: 201) }
        },
        HostileCase("a code that is refused, with everything said back", .tokenRefused, isBeforeTheBrowser: false) {
            $0.overrides["/token"] = { _, request in
                let said = String(decoding: request.body, as: UTF8.self)
                return ScriptedAuthority.json(
                    ["error": "invalid_grant", "error_description": .string(said)],
                    status: 400
                )
            }
        },
        HostileCase("tokens that lead elsewhere", .tokenRefused, isBeforeTheBrowser: false) {
            $0.overrides["/token"] = { origin, _ in HTTPServerResponse(307, headers: ["Location": "\(origin)/x"]) }
        },
        HostileCase("a token with a line break", .malformedDocument, isBeforeTheBrowser: false) {
            $0.overrides["/token"] = { _, _ in
                ScriptedAuthority.json(["access_token": "planted-secret-a\r\nX: y", "token_type": "Bearer"])
            }
        },
        HostileCase("a token of another kind", .malformedDocument, isBeforeTheBrowser: false) {
            $0.overrides["/token"] = { _, _ in
                ScriptedAuthority.json(["access_token": "planted-secret-a", "token_type": "mac"])
            }
        },
        HostileCase("a huge answer", .malformedDocument, isBeforeTheBrowser: false) {
            $0.overrides["/token"] = { _, _ in
                ScriptedAuthority.json(["access_token": .string(String(repeating: "x", count: 1 << 20))])
            }
        },
        HostileCase("an answer by another issuer", .otherIssuer, isBeforeTheBrowser: false) {
            $0.issuerInAnswers = "https://attacker.example"
        },
        HostileCase("an answer by nobody, where answers are signed", .otherIssuer, isBeforeTheBrowser: false) {
            $0.metadata["authorization_response_iss_parameter_supported"] = true
        },
    ]
}

@Suite("Servers that misbehave in a login")
struct HostileAuthorityTests {
    static func authorizer(
        _ authority: ScriptedAuthority,
        _ folder: String,
        _ browser: (any BrowserOpener)?,
        settings: AuthorizationSettings = AuthorizationSettings(),
        patience: Duration = .seconds(30)
    ) throws -> ServerAuthorizer {
        ServerAuthorizer(
            try authority.url,
            settings: settings,
            tokensIn: folder,
            client: CurlHTTPClient(),
            browser: browser,
            command: "skillweaver mcp login s --config f",
            patience: patience
        )
    }

    @Test("end the login with what is wrong, without a secret in the words", arguments: HostileCase.all)
    func hostile(_ row: HostileCase) async throws {
        try await withScriptedAuthority(row.conduct) { authority, folder in
            let browser = FollowingBrowser()
            let authorizer = try Self.authorizer(authority, folder, browser)
            let error = await #expect(throws: AuthorizationError.self) { _ = try await authorizer.login() }
            #expect(error?.kind == row.kind, "\(error.map { "\($0)" } ?? "nothing")")
            #expect(browser.opened.isEmpty == row.isBeforeTheBrowser)
            var shown = error.map { "\($0)" } ?? ""
            dump(error, to: &shown)
            #expect(!shown.contains(ScriptedAuthority.plant), "\(shown)")
            let header = try await authorizer.authorization()
            #expect(header == nil)
            #expect(authority.requests("/x").isEmpty)
            if row.isBeforeTheBrowser || row.kind == .otherIssuer { #expect(authority.requests("/token").isEmpty) }
        }
    }

    @Test("that lead to another place are not followed there")
    func redirects() async throws {
        try await withScriptedAuthority { other, _ in
            let elsewhere = other.origin
            var conduct = ScriptedAuthority.Conduct()
            conduct.overrides["/.well-known/oauth-protected-resource/mcp"] = { _, _ in
                HTTPServerResponse(302, headers: ["Location": "\(elsewhere)/stolen"])
            }
            try await withScriptedAuthority(conduct) { authority, folder in
                let error = await #expect(throws: AuthorizationError.self) {
                    _ = try await Self.authorizer(authority, folder, FollowingBrowser()).login()
                }
                #expect(error?.kind == .addressRefused)
                #expect(other.seen.isEmpty)
            }
        }
    }

    @Test("without https are not logged in to, and see no request")
    func insecureServer() async throws {
        try await withTemporaryFolder { folder in
            let authorizer = ServerAuthorizer(
                try HTTPURL("http://mcp.example/mcp"),
                tokensIn: folder,
                client: CurlHTTPClient(),
                browser: FollowingBrowser()
            )
            let error = await #expect(throws: AuthorizationError.self) { _ = try await authorizer.login() }
            #expect(error?.kind == .addressRefused)
        }
    }

    @Test("find their documents at the places of the specification, in its order")
    func places() async throws {
        var conduct = ScriptedAuthority.Conduct()
        conduct.namesMetadata = false
        conduct.overrides["/.well-known/oauth-protected-resource/mcp"] = { _, _ in HTTPServerResponse(404) }
        conduct.overrides["/.well-known/oauth-protected-resource"] = { origin, _ in
            ScriptedAuthority.json([
                "resource": .string(origin), "authorization_servers": [.string("\(origin)/tenant")],
            ])
        }
        conduct.overrides["/tenant/.well-known/openid-configuration"] = { origin, _ in
            ScriptedAuthority.json([
                "issuer": .string("\(origin)/tenant"), "authorization_endpoint": .string("\(origin)/authorize"),
                "token_endpoint": .string("\(origin)/token"), "registration_endpoint": .string("\(origin)/register"),
                "code_challenge_methods_supported": ["S256"],
            ])
        }
        try await withScriptedAuthority(conduct) { authority, folder in
            let outcome = try await Self.authorizer(authority, folder, FollowingBrowser()).login()
            #expect(outcome?.resource == authority.origin && outcome?.issuer == "\(authority.origin)/tenant")
            #expect(
                authority.seen.map(\.path).filter { $0.contains("well-known") } == [
                    "/.well-known/oauth-protected-resource/mcp", "/.well-known/oauth-protected-resource",
                    "/.well-known/oauth-authorization-server/tenant", "/.well-known/openid-configuration/tenant",
                    "/tenant/.well-known/openid-configuration",
                ]
            )
        }
    }
}
