import HTTPTransport
import JSONSchema
import Testing

@testable import ModelContextProtocol

@Suite("Rules of a login")
struct AuthorizationRuleTests {
    @Test(
        "addresses are https, or on the machine the server is on",
        arguments: [
            ("https://mcp.example/mcp", "https://auth.example/token", true),
            ("https://mcp.example/mcp", "http://auth.example/token", false),
            ("https://mcp.example/mcp", "http://127.0.0.1:8080/token", false),
            ("https://mcp.example/mcp", "https://localhost/token", false),
            ("https://mcp.example/mcp", "http://[::1]/token", false),
            ("https://mcp.example/mcp", "https://u:p@auth.example/token", false),
            ("https://mcp.example/mcp", "https://auth.example/token#x", false),
            ("https://mcp.example/mcp", "ftp://auth.example/token", false),
            ("https://mcp.example/mcp", "", false),
            ("http://127.0.0.1:9/mcp", "http://127.0.0.1:8080/token", true),
            ("http://localhost:9/mcp", "http://10.0.0.1/token", false),
            ("http://localhost:9/mcp", "http://localhost.attacker.example/token", false),
        ]
    )
    func addresses(server: String, address: String, isAllowed: Bool) throws {
        let rule = AddressRule(for: try HTTPURL(server))
        #expect(((try? rule.address(address, as: "x")) != nil) == isAllowed)
    }

    @Test(
        "a name must not lead to this machine or its segment",
        arguments: [
            ("127.0.0.1", true), ("127.9.9.9", true), ("::1", true), ("0.0.0.0", true), ("169.254.169.254", true),
            ("::ffff:127.0.0.1", true), ("fe80::1", true), ("::", true), ("93.184.216.34", false), ("10.0.0.1", false),
            ("2001:db8::1", false), ("12.7.0.0", false),
        ]
    )
    func places(address: String, isOfThisPlace: Bool) {
        #expect(AddressRule.isOfThisPlace(address) == isOfThisPlace)
    }

    @Test("documents stand where RFC 9728 and RFC 8414 say")
    func documents() throws {
        let server = try HTTPURL("https://example.com/public/mcp")
        #expect(
            ResourceMetadata.places(of: server) == [
                "https://example.com/.well-known/oauth-protected-resource/public/mcp",
                "https://example.com/.well-known/oauth-protected-resource",
            ]
        )
        let bare = try HTTPURL("https://example.com")
        #expect(ResourceMetadata.places(of: bare) == ["https://example.com/.well-known/oauth-protected-resource"])
        #expect(
            AuthorizationServerMetadata.places(of: try HTTPURL("https://auth.example.com/tenant1")) == [
                "https://auth.example.com/.well-known/oauth-authorization-server/tenant1",
                "https://auth.example.com/.well-known/openid-configuration/tenant1",
                "https://auth.example.com/tenant1/.well-known/openid-configuration",
            ]
        )
        #expect(
            AuthorizationServerMetadata.places(of: bare) == [
                "https://example.com/.well-known/oauth-authorization-server",
                "https://example.com/.well-known/openid-configuration",
            ]
        )
    }

    @Test("a proof key is the one of RFC 7636, appendix B")
    func proofKey() {
        let bytes: [UInt8] = [
            116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186, 22, 212, 37, 77, 105, 214, 191,
            240, 91, 88, 5, 88, 83, 132, 141, 121,
        ]
        let proof = ProofKey(random: bytes)
        #expect(proof.verifier.reveal() == "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
        #expect(proof.challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
    }

    @Test("scopes are the request's, else the user's, else the server's, beside those of before")
    func scopes() {
        func choice(_ challenged: [String], _ configured: [String], offered: [String] = []) -> [String] {
            Scopes.choice(
                challenged: challenged,
                before: ["old"],
                configured: configured,
                supported: ["all"],
                offered: offered
            )
        }
        #expect(choice(["needed"], ["mine"]) == ["old", "needed"])
        #expect(choice([], ["mine"]) == ["old", "mine"])
        #expect(choice([], []) == ["old", "all"])
        #expect(choice(["old"], [], offered: ["offline_access"]) == ["old", "offline_access"])
        #expect(Scopes.words("a  b a \"c\" d\\e f\u{7}g ü") == ["a", "b"])
        #expect(Scopes.words((0..<500).map { "s\($0)" }.joined(separator: " ")).count == Scopes.maximumCount)
    }

    @Test("a page's own query stays, and nothing in a value ends it")
    func address() throws {
        let server = try BrowserAnswerTests.server(namesItself: false)
        let question = AuthorizationQuestion(to: server, state: "S")
        let page = try question.address(
            server,
            client: "a&b=c d",
            redirect: "http://127.0.0.1:1/callback",
            resource: "https://mcp.example/mcp?x=1",
            scopes: ["r", "w"]
        )
        let fields = HTTPServerRequest(method: .get, target: page.target).queryItems ?? []
        #expect(
            fields.map(\.name).first == "tenant" && fields.filter { $0.name == "client_id" }.map(\.value) == ["a&b=c d"]
        )
        #expect(fields.first { $0.name == "resource" }?.value == "https://mcp.example/mcp?x=1")
        #expect(fields.first { $0.name == "scope" }?.value == "r w")
    }

    @Test("a short life is renewed at three quarters, a long one a minute before its end")
    func lifetimes() throws {
        func due(_ lifetime: Int64) throws -> Int64? {
            let grant = try TokenGrant(
                ["access_token": "x", "token_type": "bearer", "expires_in": .integer(lifetime)],
                from: "x"
            )
            return TokenRecord.Tokens(grant, refresh: nil, scopes: [], now: 1_000).isDue
        }
        #expect(try due(3_600) == 4_540)
        #expect(try due(40) == 1_030)
        #expect(try due(0) == 1_000)
    }
}
