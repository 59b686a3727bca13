import FoundationEssentials
import Glibc
import HTTPTransport
import JSONSchema
import TestSupport
import Testing

@testable import ModelContextProtocol

@Suite("Tokens that are kept")
struct TokenUseTests {
    private static func login(_ authority: ScriptedAuthority, _ folder: String) async throws -> ServerAuthorizer {
        let authorizer = try HostileAuthorityTests.authorizer(authority, folder, FollowingBrowser())
        _ = try await authorizer.login()
        return authorizer
    }

    @Test("show themselves in no description, dump or file that others read")
    func secrecy() async throws {
        try await withScriptedAuthority { authority, folder in
            let authorizer = try await Self.login(authority, folder)
            let record = try #require(try await authorizer.record())
            let tokens = try #require(record.tokens)
            #expect(tokens.access.reveal().hasPrefix(ScriptedAuthority.plant))
            #expect(record.client.secret?.reveal().hasPrefix(ScriptedAuthority.plant) == true)
            var shown = "\(record) \(tokens) \(record.client) \(authorizer) \(String(reflecting: record))"
            dump(record, to: &shown)
            dump(tokens, to: &shown)
            dump(record.client, to: &shown)
            dump(authorizer, to: &shown)
            dump(AuthorizationSettings(clientSecret: Secret("\(ScriptedAuthority.plant)s")), to: &shown)
            #expect(!shown.contains(ScriptedAuthority.plant), "\(shown)")
        }
    }

    @Test("go to the server they were issued for and to nobody else")
    func origin() async throws {
        try await withScriptedAuthority { authority, folder in
            _ = try await Self.login(authority, folder)
            try await withScriptedAuthority { other, _ in
                let stranger = try HostileAuthorityTests.authorizer(other, folder, nil)
                let header = try await stranger.authorization()
                #expect(header == nil)
            }
            // Even a file that was put in the other's place.
            let other = ServerAuthorizer(
                try HTTPURL("\(authority.origin)/mcp2"),
                tokensIn: folder,
                client: CurlHTTPClient()
            )
            let own = try HostileAuthorityTests.authorizer(authority, folder, nil)
            try FileManager.default.copyItem(atPath: own.file.path, toPath: other.file.path)
            await #expect(throws: ConnectionError.self) { _ = try await other.authorization() }
        }
    }

    @Test("of a server that leads requests elsewhere do not go along")
    func redirectedServer() async throws {
        try await withScriptedAuthority { thief, _ in
            let place = "\(thief.origin)/mcp"
            try await withScriptedAuthority { authority, folder in
                let authorizer = try await Self.login(authority, folder)
                authority.change {
                    $0.overrides["/mcp"] = { _, _ in HTTPServerResponse(307, headers: ["Location": place]) }
                }
                let transport = StreamableHTTPTransport(
                    RemoteServer(url: try authority.url),
                    client: CurlHTTPClient(),
                    authorizer: authorizer
                )
                let client = MCPClient(transport, identity: Implementation(name: "t", version: "1"))
                await #expect(throws: (any Error).self) { _ = try await client.listTools() }
                await client.close()
                #expect(thief.seen.isEmpty)
            }
        }
    }

    @Test("are replaced with the refresh token of the last answer each time")
    func rotation() async throws {
        try await withScriptedAuthority { authority, folder in
            let authorizer = try await Self.login(authority, folder)
            var headers: Set<String> = []
            for _ in 0..<5 {
                let refused = try #require(try await authorizer.authorization())
                headers.insert(refused)
                let isRenewed = try await authorizer.renew(
                    after: AuthorizationChallenge(status: 401),
                    refused: refused
                )
                #expect(isRenewed)
            }
            #expect(headers.count == 5)
            let asked = authority.requests("/token").filter { $0.body.contains("grant_type=refresh_token") }
            #expect(asked.count == 5 && asked.allSatisfy { $0.body.contains("resource=http%3A%2F%2F127.0.0.1") })
            // A refusal of a token that is not used any more asks nobody.
            let isRenewed = try await authorizer.renew(
                after: AuthorizationChallenge(status: 401),
                refused: headers.first
            )
            #expect(isRenewed && authority.requests("/token").count == 6)
        }
    }

    @Test("that allow too little lead to one more login, for all that was allowed and what is needed")
    func stepUp() async throws {
        try await withScriptedAuthority { authority, folder in
            let authorizer = try await Self.login(authority, folder)
            authority.change { $0.neededScope = "write" }
            let refused = try await authorizer.authorization()
            let challenge = AuthorizationChallenge(status: 403, scope: "write", error: "insufficient_scope")
            let isRenewed = try await authorizer.renew(after: challenge, refused: refused)
            #expect(isRenewed)
            let record = try await authorizer.record()
            #expect(record?.tokens?.scopes == ["read", "write"])
            // Registered once: the port of the first login was free again.
            #expect(authority.requests("/authorize").count == 2)
            let mere = try await authorizer.renew(after: AuthorizationChallenge(status: 403), refused: refused)
            #expect(!mere)
        }
    }

    @Test("that never allow enough end the asking; where nobody is there, the command says what to ask for")
    func boundedStepUp() async throws {
        try await withScriptedAuthority { authority, folder in
            let authorizer = try await Self.login(authority, folder)
            authority.change { $0.grantsOnly = ["read"] }
            let challenge = AuthorizationChallenge(status: 403, scope: "write", error: "insufficient_scope")
            for _ in 0..<2 {
                let refused = try await authorizer.authorization()
                _ = try await authorizer.renew(after: challenge, refused: refused)
            }
            let refused = try await authorizer.authorization()
            await #expect(throws: ConnectionError.self) {
                _ = try await authorizer.renew(after: challenge, refused: refused)
            }
            #expect(authority.requests("/authorize").count == 3)
            let alone = try HostileAuthorityTests.authorizer(authority, folder, nil)
            let error = await #expect(throws: ConnectionError.self) {
                _ = try await alone.renew(after: challenge, refused: refused)
            }
            let text = error.map { "\($0)" } ?? ""
            #expect(text.contains(#"run 'skillweaver mcp login s --config f --scope "write"'"#), "\(text)")
            #expect(!text.contains(ScriptedAuthority.plant))
            let sly = AuthorizationChallenge(status: 403, scope: "$(reboot)", error: "insufficient_scope")
            let other = await #expect(throws: ConnectionError.self) {
                _ = try await alone.renew(after: sly, refused: refused)
            }
            #expect(other.map { "\($0)".contains("--scope") } == false)
        }
    }

    @Test("of a client that was registered by hand are asked for in its name")
    func configured() async throws {
        try await withScriptedAuthority { authority, folder in
            let settings = AuthorizationSettings(
                clientID: "mine",
                clientSecret: Secret("planted-secret-&"),
                scopes: ["a"]
            )
            let authorizer = try HostileAuthorityTests.authorizer(
                authority,
                folder,
                FollowingBrowser(),
                settings: settings
            )
            _ = try await authorizer.login()
            #expect(authority.requests("/register").isEmpty)
            let body = try #require(authority.requests("/token").first?.body)
            #expect(body.contains("client_id=mine") && body.contains("client_secret=planted-secret-%26"))
            // Without that client in the configuration, what it got is another's.
            let another = AuthorizationSettings(clientID: "another")
            let header = try await HostileAuthorityTests.authorizer(authority, folder, nil, settings: another)
                .authorization()
            #expect(header == nil)
            authority.change { $0.resource["authorization_servers"] = ["https://other.example"] }
            let wrong = AuthorizationSettings(issuer: authority.origin, clientID: "mine")
            let error = await #expect(throws: AuthorizationError.self) {
                _ = try await HostileAuthorityTests.authorizer(authority, folder, FollowingBrowser(), settings: wrong)
                    .login()
            }
            #expect(error?.kind == .otherIssuer)
        }
    }

    @Test("of a client that is a document are asked for under its address, where that is understood")
    func document() async throws {
        try await withScriptedAuthority { authority, folder in
            let document = "https://app.example/client.json"
            let settings = AuthorizationSettings(clientDocument: document)
            _ = try await HostileAuthorityTests.authorizer(authority, folder, FollowingBrowser(), settings: settings)
                .login()
            #expect(authority.requests("/register").count == 1)
            authority.change { $0.metadata["client_id_metadata_document_supported"] = true }
            let refused = await #expect(throws: AuthorizationError.self) {
                let plain = AuthorizationSettings(clientDocument: "http://app.example/client.json")
                _ = try await HostileAuthorityTests.authorizer(authority, folder, FollowingBrowser(), settings: plain)
                    .login()
            }
            #expect(refused?.kind == .addressRefused)
            _ = try await HostileAuthorityTests.authorizer(authority, folder, FollowingBrowser(), settings: settings)
                .login()
            #expect(authority.requests("/register").count == 1)
            #expect(authority.requests("/token").last?.body.contains(FormText.encode(document)) == true)
        }
    }

    @Test("of a client the authorization server has forgotten are asked for by a new one, the next time")
    func forgottenClient() async throws {
        try await withScriptedAuthority { authority, folder in
            _ = try await Self.login(authority, folder)
            authority.change { $0.overrides["/authorize"] = { _, _ in HTTPServerResponse(400) } }
            let hasty = try HostileAuthorityTests.authorizer(
                authority,
                folder,
                FollowingBrowser(),
                patience: .milliseconds(200)
            )
            let error = await #expect(throws: AuthorizationError.self) { _ = try await hasty.login() }
            #expect(error?.kind == .unanswered && authority.requests("/register").count == 1)
            authority.change { $0.overrides = [:] }
            _ = try await Self.login(authority, folder)
            #expect(authority.requests("/register").count == 2)
        }
    }

    @Test("that the authorization server cannot renew now serve until they end; refused ones are given up")
    func unreachable() async throws {
        try await withScriptedAuthority { authority, folder in
            _ = try await Self.login(authority, folder)
            func header(ahead: Int64) async throws -> String? {
                let authorizer = ServerAuthorizer(
                    try authority.url,
                    tokensIn: folder,
                    client: CurlHTTPClient(),
                    now: { Int64(time(nil)) + ahead }
                )
                return try await authorizer.authorization()
            }
            let held = try await header(ahead: 0)
            authority.change {
                $0.overrides["/token"] = { _, _ in ScriptedAuthority.json(["error": "invalid_client"], status: 401) }
            }
            let due = try await header(ahead: 3_580)
            #expect(due == held && authority.requests("/token").count == 2)
            let over = try await header(ahead: 3_601)
            #expect(over == nil && authority.requests("/token").count == 2)
        }
    }

    @Test("stand in a file of their owner's: one that others read, a link and a broken one are refused")
    func file() async throws {
        try await withScriptedAuthority { authority, folder in
            let authorizer = try await Self.login(authority, folder)
            let path = authorizer.file.path
            #expect(chmod(path, 0o644) == 0)
            await #expect(throws: ConnectionError.self) { _ = try await authorizer.authorization() }
            #expect(chmod(path, 0o600) == 0)
            let header = try await authorizer.authorization()
            #expect(header != nil)
            try FileManager.default.moveItem(atPath: path, toPath: "\(folder)/moved")
            try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "\(folder)/moved")
            await #expect(throws: ConnectionError.self) { _ = try await authorizer.authorization() }
            try FileManager.default.removeItem(atPath: path)
            try write("{\"access\": \"\(ScriptedAuthority.plant)x\", ", to: path)
            #expect(chmod(path, 0o600) == 0)
            let error = await #expect(throws: ConnectionError.self) { _ = try await authorizer.authorization() }
            #expect(error.map { "\($0)".contains(ScriptedAuthority.plant) } == false)
        }
    }
}
