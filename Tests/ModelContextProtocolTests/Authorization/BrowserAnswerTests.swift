import HTTPTransport
import JSONSchema
import Synchronization
import TestSupport
import Testing

@testable import ModelContextProtocol

@Suite("What browsers bring back")
struct BrowserAnswerTests {
    private static func login(
        _ authority: ScriptedAuthority,
        _ folder: String,
        _ browser: FollowingBrowser,
        patience: Duration = .seconds(30)
    ) async throws -> LoginOutcome? {
        try await HostileAuthorityTests.authorizer(authority, folder, browser, patience: patience).login()
    }

    @Test("with another state is turned away, and the login goes on")
    func tamperedState() async throws {
        try await withScriptedAuthority { authority, folder in
            let browser = FollowingBrowser { address in
                let forged = address.split(separator: "&").map { $0.hasPrefix("state=") ? "state=forged" : String($0) }
                let bare = address.split(separator: "&").filter { !$0.hasPrefix("state=") }
                return [forged.joined(separator: "&"), bare.joined(separator: "&"), "\(address)&state=two", address]
            }
            let outcome = try await Self.login(authority, folder, browser)
            #expect(outcome?.isRefreshed == true)
            #expect(authority.requests("/token").count == 1)
        }
    }

    @Test("again and again for another login ends this one")
    func flood() async throws {
        try await withScriptedAuthority { authority, folder in
            let browser = FollowingBrowser { address in
                let place = address.prefix { $0 != "?" }
                return (0..<RedirectListener.maximumForeignAnswers).map { "\(place)?code=x&state=\($0)" }
            }
            let error = await #expect(throws: AuthorizationError.self) {
                _ = try await Self.login(authority, folder, browser)
            }
            #expect(error?.kind == .foreignAnswer)
            #expect(authority.requests("/token").isEmpty)
        }
    }

    @Test("names the issuer that was asked, and counts then")
    func issuer() async throws {
        try await withScriptedAuthority { authority, folder in
            let origin = authority.origin
            authority.change {
                $0.issuerInAnswers = origin
                $0.metadata["authorization_response_iss_parameter_supported"] = true
            }
            let outcome = try await Self.login(authority, folder, FollowingBrowser())
            #expect(outcome != nil)
        }
    }

    @Test("by somebody else is not shown, not even its errors")
    func foreignError() throws {
        let server = try Self.server(namesItself: true)
        let question = AuthorizationQuestion(to: server)
        let state = question.state.reveal()
        let read = question.read([("state", state), ("error", "shown-to-nobody"), ("iss", "https://attacker.example")])
        guard case .refused(let error) = read else { return #expect(Bool(false), "\(read)") }
        #expect(error.kind == .otherIssuer && !"\(error)".contains("shown-to-nobody"))
    }

    @Test(
        "is judged by its state, then its issuer, then the rest",
        arguments: [
            (["state", "code"], "code"), (["code"], "foreign"), (["state", "state", "code"], "foreign"),
            (["state", "code", "code"], "refused"), (["state"], "refused"), (["state", "error"], "refused"),
            (["state", "iss", "code"], "code"), (["state", "iss", "iss", "code"], "refused"),
        ]
    )
    func judgement(names: [String], expected: String) throws {
        let question = AuthorizationQuestion(to: try Self.server(namesItself: false))
        let values = [
            "state": question.state.reveal(), "code": "x", "iss": "https://auth.example", "error": "access_denied",
        ]
        let verdict =
            switch question.read(names.map { ($0, values[$0] ?? "") }) {
            case .foreign: "foreign"
            case .refused: "refused"
            case .code: "code"
            }
        #expect(verdict == expected)
    }

    @Test("must come to this machine's name, by GET, to the place that was named")
    func listener() async throws {
        let question = AuthorizationQuestion(to: try Self.server(namesItself: false))
        let listener = try RedirectListener(question, port: 0)
        let client = CurlHTTPClient()
        let query = "?code=planted-secret-c&state=\(question.state.reveal())"
        func ask(_ method: HTTPMethod, _ address: String, _ headers: HTTPHeaders = [:]) async throws -> HTTPResponse {
            try await client.send(HTTPRequest(method, try HTTPURL(address), headers: headers))
        }
        let rebound = try await ask(.get, listener.address + query, ["Host": "attacker.example"])
        let posted = try await ask(.post, listener.address + query)
        let elsewhere = try await ask(.get, "http://127.0.0.1:\(listener.port)/other\(query)")
        let right = try await ask(.get, listener.address + query)
        let twice = try await ask(.get, listener.address + query)
        #expect([rebound, posted, elsewhere, right, twice].map(\.status) == [421, 405, 404, 200, 410])
        #expect(!right.text.contains("planted") && right.headers["Cache-Control"] == "no-store")
        let code = try await listener.code(within: .seconds(5), of: "x")
        #expect(code.reveal() == "planted-secret-c")
        await listener.close()
        await #expect(throws: HTTPError.self) { _ = try await ask(.get, "http://127.0.0.1:\(listener.port)/callback") }
    }

    @Test("is waited for until the login is given up: nothing listens any more")
    func interrupted() async throws {
        try await withScriptedAuthority { authority, folder in
            let (opened, open) = AsyncStream.makeStream(of: HTTPURL.self)
            let browser = WaitingBrowser(opened: open)
            let authorizer = try HostileAuthorityTests.authorizer(authority, folder, browser)
            let login = Task { try await authorizer.login() }
            var pages = opened.makeAsyncIterator()
            let page = try #require(await pages.next())
            let redirect = try #require(
                HTTPServerRequest(method: .get, target: page.target).queryItems?.first { $0.name == "redirect_uri" }?
                    .value
            )
            login.cancel()
            await #expect(throws: CancellationError.self) { _ = try await login.value }
            await #expect(throws: HTTPError.self) {
                _ = try await CurlHTTPClient().send(HTTPRequest(.get, try HTTPURL(redirect)))
            }
        }
    }

    @Test("too late is not waited for")
    func unanswered() async throws {
        try await withScriptedAuthority { authority, folder in
            let error = await #expect(throws: AuthorizationError.self) {
                _ = try await Self.login(authority, folder, FollowingBrowser { _ in [] }, patience: .milliseconds(200))
            }
            #expect(error?.kind == .unanswered)
        }
    }

    static func server(namesItself: Bool) throws -> AuthorizationServerMetadata {
        let place = try HTTPURL("https://auth.example/.well-known/oauth-authorization-server")
        return try AuthorizationServerMetadata(
            [
                "issuer": "https://auth.example", "authorization_endpoint": "https://auth.example/authorize?tenant=1",
                "token_endpoint": "https://auth.example/token", "code_challenge_methods_supported": ["S256"],
                "authorization_response_iss_parameter_supported": .bool(namesItself),
            ],
            at: place,
            issuer: "https://auth.example",
            rule: AddressRule(for: place)
        )
    }
}

/// A browser whose person never finishes.
private struct WaitingBrowser: BrowserOpener {
    let opened: AsyncStream<HTTPURL>.Continuation

    func open(_ page: HTTPURL) async throws { opened.yield(page) }
}
