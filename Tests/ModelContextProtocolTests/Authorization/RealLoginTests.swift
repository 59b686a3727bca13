import FoundationEssentials
import Glibc
import HTTPTransport
import JSONSchema
import TestSupport
import Testing

@testable import ModelContextProtocol

@Suite(
    "Logging in to the SDK's server",
    .enabled(if: AuthorizedPeer.python != nil, AuthorizedPeer.absence)
)
struct RealLoginTests {
    private static func authorizer(
        _ peer: AuthorizedPeer,
        _ folder: String,
        browser: (any BrowserOpener)? = nil,
        ahead: Int64 = 0
    ) -> ServerAuthorizer {
        ServerAuthorizer(
            peer.url,
            tokensIn: "\(folder)/mcp/tokens",
            client: CurlHTTPClient(),
            browser: browser,
            command: "skillweaver mcp login peer --config mcp.json",
            patience: .seconds(30),
            now: { Int64(time(nil)) + ahead }
        )
    }

    @Test("a refused request leads through the browser to a token, which other processes use too")
    func wholeLogin() async throws {
        try await withAuthorizedPeer { peer, folder in
            let browser = FollowingBrowser()
            let first = Self.authorizer(peer, folder, browser: browser)
            let said = try await peer.echo("hello", first)
            #expect(said == "hello")
            let page = try #require(browser.opened.first)
            #expect(browser.opened.count == 1 && page.query?.contains("code_challenge_method=S256") == true)
            #expect(page.query?.contains("resource=" + FormText.encode("\(peer.url)")) == true)
            #expect(page.query?.contains("scope=tools") == true)
            // Another process, where nobody can be asked.
            let second = try await peer.echo("again", Self.authorizer(peer, folder))
            #expect(second == "again")
            let counts = try await peer.control()
            #expect(counts == ["registered": 1, "redeemed": 1, "refreshed": 0, "revoked": 0])
            var status = stat()
            #expect(stat(first.file.path, &status) == 0 && status.st_mode & 0o777 == 0o600)
            #expect(stat("\(folder)/mcp/tokens", &status) == 0 && status.st_mode & 0o777 == 0o700)
            let written = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/mcp/tokens")
            #expect(!written.contains { $0.hasSuffix(".tmp") })
        }
    }

    @Test("a token that is due is renewed once for all who ask, in one process and in several")
    func refresh() async throws {
        try await withAuthorizedPeer { peer, folder in
            _ = try await peer.echo("hello", Self.authorizer(peer, folder, browser: FollowingBrowser()))
            let before = try await Self.authorizer(peer, folder).authorization()
            let late = (0..<4).map { _ in Self.authorizer(peer, folder, ahead: 3_590) }
            let seen = try await withThrowingTaskGroup(of: String?.self) { group in
                for number in 0..<40 {
                    let authorizer = late[number % 4]
                    group.addTask { try await authorizer.authorization() }
                }
                return try await group.reduce(into: Set<String?>()) { $0.insert($1) }
            }
            #expect(seen.count == 1 && !seen.contains(before))
            let counts = try await peer.control()
            #expect(counts["refreshed"] == 1)
            let said = try await peer.echo("new", late[0])
            #expect(said == "new")
        }
    }

    @Test("a token the server ended is renewed without a person; a login that ended wants one, and says the command")
    func revoked() async throws {
        try await withAuthorizedPeer { peer, folder in
            _ = try await peer.echo("hello", Self.authorizer(peer, folder, browser: FollowingBrowser()))
            try await peer.control("forget=access")
            let said = try await peer.echo("renewed", Self.authorizer(peer, folder))
            #expect(said == "renewed")
            try await peer.control("forget=all")
            let lost = await #expect(throws: ConnectionError.self) {
                _ = try await peer.echo("lost", Self.authorizer(peer, folder))
            }
            let text = lost.map { "\($0)" } ?? ""
            #expect(text.contains("run 'skillweaver mcp login peer --config mcp.json'"), "\(text)")
            let browser = FollowingBrowser()
            let back = try await peer.echo("back", Self.authorizer(peer, folder, browser: browser))
            #expect(back == "back" && browser.opened.count == 1)
        }
    }

    @Test("many requests that are refused at once share one login")
    func sharedLogin() async throws {
        try await withAuthorizedPeer { peer, folder in
            let browser = FollowingBrowser()
            let authorizer = Self.authorizer(peer, folder, browser: browser)
            try await withThrowingTaskGroup(of: String.self) { group in
                for number in 0..<12 { group.addTask { try await peer.echo("\(number)", authorizer) } }
                var said: Set<String> = []
                for try await text in group { said.insert(text) }
                #expect(said.count == 12)
            }
            #expect(browser.opened.count == 1)
        }
    }

    @Test("who says no is not logged in")
    func denied() async throws {
        try await withAuthorizedPeer { peer, folder in
            try await peer.control("deny=yes")
            let browser = FollowingBrowser()
            let error = await #expect(throws: AuthorizationError.self) {
                _ = try await Self.authorizer(peer, folder, browser: browser).login()
            }
            #expect(
                error?.kind == .denied && error?.detail.contains("access_denied") == true,
                "\(String(describing: error))"
            )
            let header = try await Self.authorizer(peer, folder).authorization()
            #expect(header == nil)
        }
    }

    @Test("an authorization server that registers nobody is said to be one, with what to do")
    func closed() async throws {
        try await withAuthorizedPeer("--closed") { peer, folder in
            let error = await #expect(throws: AuthorizationError.self) {
                _ = try await Self.authorizer(peer, folder, browser: FollowingBrowser()).login()
            }
            #expect(error?.kind == .noRegistration && error.map { "\($0)".contains("oauth.client_id") } == true)
        }
    }

    @Test("logging out forgets the tokens here and there, and logging in again needs a person")
    func logout() async throws {
        try await withAuthorizedPeer { peer, folder in
            let outcome = try await Self.authorizer(peer, folder, browser: FollowingBrowser()).login()
            #expect(outcome?.scopes == ["tools"] && outcome?.isRefreshed == true && outcome?.issuer == peer.url.origin)
            let removed = try await Self.authorizer(peer, folder).logout()
            let again = try await Self.authorizer(peer, folder).logout()
            #expect(removed && !again)
            let header = try await Self.authorizer(peer, folder).authorization()
            #expect(header == nil)
            let counts = try await peer.control()
            #expect((counts["revoked"]?.intValue ?? 0) >= 1)
        }
    }
}
