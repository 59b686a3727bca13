import HTTPTransport
import PlanExecution
import SkillService
import Synchronization
import TestSupport
import Testing

@Suite("Who may do what with the service")
struct ServiceAccessTests {
    /// A clock that stands still until it is set.
    private final class Clock: Sendable {
        let now = Mutex(RunTime(milliseconds: 1_000_000_000_000))
        func advance(_ seconds: Int64) { now.withLock { $0.milliseconds += seconds * 1_000 } }
    }

    private struct Scene {
        var access: ServiceAccess
        var store: AccessTokenStore
        let clock = Clock()

        init(_ home: String, interface: String = "127.0.0.1", hosts: Set<String> = [], origins: Set<String> = []) {
            let clock = clock
            store = AccessTokenStore(home: home) { clock.now.withLock(\.self) }
            access = ServiceAccess(
                interface: interface,
                audience: ServerAudience(hosts: ServerAudience.loopbackHosts.union(hosts), origins: origins),
                tokens: store,
                now: { clock.now.withLock(\.self) }
            )
        }

        func outcome(
            _ scope: AccessScope,
            _ more: HTTPHeaders = [:],
            host: String? = "127.0.0.1:8420",
            peer: String = "127.0.0.1"
        ) async -> String {
            var headers = HTTPHeaders()
            if let host { headers.add("Host", host) }
            for field in more.fields { headers.add(field.name, field.value) }
            let request = HTTPServerRequest(method: .post, target: "/v1/x", headers: headers, peer: peer)
            do throws(AccessRefusal) {
                return try await access.admit(request, needing: scope).name
            } catch {
                return "\(error.status.code) \(error.code)"
            }
        }

        func token(_ name: String, _ scopes: Set<AccessScope>, lifetime: Int64? = nil) async throws -> HTTPHeaders {
            let made = try await store.create(name: name, scopes: scopes, lifetime: lifetime)
            return ["Authorization": "Bearer \(made.secret.text)"]
        }
    }

    @Test("without a token a program of this machine searches and reads metrics, and nothing else")
    func anonymous() async throws {
        try await withTemporaryFolder { home in
            let scene = Scene(home)
            #expect(await scene.outcome(.library) == "anonymous")
            #expect(await scene.outcome(.metrics) == "anonymous")
            for scope in [AccessScope.runsRead, .runsWrite, .admin] {
                #expect(await scene.outcome(scope) == "401 token-needed")
            }
        }
    }

    @Test(
        "without a token nobody is let in who may come from elsewhere",
        arguments: [
            ("0.0.0.0", "127.0.0.1:8420", [:]), ("192.0.2.7", "127.0.0.1", [:]),
            ("127.0.0.1", "skills.example", [:]),
            ("127.0.0.1", "localhost", ["X-Forwarded-For": "203.0.113.9"]),
            ("127.0.0.1", "localhost", ["Forwarded": "for=203.0.113.9"]),
        ] as [(String, String, HTTPHeaders)]
    )
    func notOfThisMachine(interface: String, host: String, headers: HTTPHeaders) async throws {
        try await withTemporaryFolder { home in
            let scene = Scene(home, interface: interface, hosts: ["skills.example"])
            #expect(await scene.outcome(.library, headers, host: host) == "401 token-needed")
            var withToken = headers
            withToken["Authorization"] = try await scene.token("reader", [.library])["Authorization"]
            #expect(await scene.outcome(.library, withToken, host: host) == "reader")
        }
    }

    @Test(
        "names and pages that are not the server's are turned away, whatever they show",
        arguments: [
            (nil, [:], "421 foreign-host"), ("evil.example", [:], "421 foreign-host"),
            ("127.0.0.1.evil.example", [:], "421 foreign-host"), ("localhost@evil.example", [:], "421 foreign-host"),
            ("localhost:8420:80", [:], "421 foreign-host"), ("", [:], "421 foreign-host"),
            ("localhost", ["Host": "localhost"], "421 foreign-host"),
            ("LOCALHOST:1", [:], "all"), ("[::1]:8420", [:], "all"), ("skills.example", [:], "all"),
            ("localhost:8420", ["Origin": "http://localhost:8420"], "all"),
            ("localhost:8420", ["Origin": "http://localhost:3000"], "403 foreign-origin"),
            ("localhost:8420", ["Origin": "null"], "403 foreign-origin"),
            ("localhost:8420", ["Origin": "https://app.example.evil"], "403 foreign-origin"),
            ("localhost:8420", ["Origin": "https://app.example"], "all"),
            ("localhost:8420", ["Origin": "HTTPS://App.example"], "all"),
            (
                "localhost:8420", ["Origin": "https://app.example", "origin": "https://evil.example"],
                "403 foreign-origin"
            ),
            ("localhost:8420", ["Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"], "403 foreign-origin"),
            ("localhost:8420", ["Sec-Fetch-Site": "same-site"], "403 foreign-origin"),
            ("localhost:8420", ["Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"], "all"),
            ("localhost:8420", ["Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"], "all"),
        ] as [(String?, HTTPHeaders, String)]
    )
    func senders(host: String?, headers: HTTPHeaders, outcome: String) async throws {
        try await withTemporaryFolder { home in
            let scene = Scene(home, hosts: ["skills.example"], origins: ["https://app.example"])
            var headers = headers
            headers.add("Authorization", try await scene.token("all", [.admin])["Authorization"] ?? "")
            #expect(await scene.outcome(.runsWrite, headers, host: host) == outcome)
        }
    }

    @Test("scopes bring along what they imply, and no more")
    func scopes() async throws {
        try await withTemporaryFolder { home in
            let scene = Scene(home, interface: "0.0.0.0")
            let expected: [(AccessScope, Set<AccessScope>)] = [
                (.library, [.library]), (.runsRead, [.runsRead]), (.runsWrite, [.runsRead, .runsWrite]),
                (.metrics, [.metrics]), (.admin, Set(AccessScope.allCases)),
            ]
            for (given, allowed) in expected {
                let token = try await scene.token(given.rawValue, [given])
                for scope in AccessScope.allCases {
                    let outcome = await scene.outcome(scope, token)
                    #expect(outcome == (allowed.contains(scope) ? given.rawValue : "403 insufficient-scope"))
                }
            }
        }
    }

    @Test("a challenge says what is missing")
    func challenges() async throws {
        try await withTemporaryFolder { home in
            let scene = Scene(home)
            func challenge(_ headers: HTTPHeaders) async -> String? {
                let request = HTTPServerRequest(method: .get, target: "/", headers: headers)
                do throws(AccessRefusal) { _ = try await scene.access.admit(request, needing: .runsWrite) } catch {
                    return error.headers["WWW-Authenticate"]
                }
                return nil
            }
            #expect(await challenge(["Host": "localhost"]) == "Bearer realm=\"skillweaver\"")
            #expect(
                await challenge(["Host": "localhost", "Authorization": "Bearer sw_x"])
                    == "Bearer realm=\"skillweaver\", error=\"invalid_token\""
            )
            var reader = try await scene.token("reader", [.runsRead])
            reader["Host"] = "localhost"
            #expect(
                await challenge(reader)
                    == "Bearer realm=\"skillweaver\", error=\"insufficient_scope\", scope=\"runs:write\""
            )
        }
    }

    @Test("a token that is shown wrongly is not taken")
    func malformed() async throws {
        try await withTemporaryFolder { home in
            let scene = Scene(home)
            let token = try await scene.token("t", [.admin])["Authorization"] ?? ""
            #expect(await scene.outcome(.admin, ["Authorization": token]) == "t")
            #expect(await scene.outcome(.admin, ["Authorization": "bearer" + token.dropFirst(6)]) == "t")
            let wrong: [(HTTPHeaders, String)] = [
                (["Authorization": token, "authorization": token], "400 several-tokens"),
                (["Authorization": "Basic dTpw"], "401 token-needed"),
                (["Authorization": "Bearer"], "401 token-needed"),
                (["Authorization": ""], "401 token-needed"),
                (["Authorization": String(token.dropLast())], "401 invalid-token"),
                (["Authorization": token + "x"], "401 invalid-token"),
                (["Authorization": token + " "], "401 invalid-token"),
                (["Authorization": "Bearer " + String(repeating: "x", count: 100_000)], "401 invalid-token"),
                (["X-Token": token], "401 token-needed"),
            ]
            for (headers, outcome) in wrong { #expect(await scene.outcome(.admin, headers) == outcome) }
            // Nor does a wrong token fall back to what needs none.
            #expect(await scene.outcome(.library, ["Authorization": "Bearer nonsense"]) == "401 invalid-token")
        }
    }

    @Test("a token works until it expires")
    func expiry() async throws {
        try await withTemporaryFolder { home in
            let scene = Scene(home)
            let token = try await scene.token("short", [.runsRead], lifetime: 3_600)
            scene.clock.advance(3_599)
            #expect(await scene.outcome(.runsRead, token) == "short")
            scene.clock.advance(1)
            #expect(await scene.outcome(.runsRead, token) == "401 expired-token")
        }
    }

    @Test("one who guesses is told to wait, and locks nobody else out")
    func guessing() async throws {
        try await withTemporaryFolder { home in
            let scene = Scene(home)
            let good = try await scene.token("good", [.admin])
            let bad: HTTPHeaders = ["Authorization": "Bearer sw_no"]
            for _ in 0..<20 { #expect(await scene.outcome(.admin, bad, peer: "192.0.2.1") == "401 invalid-token") }
            #expect(await scene.outcome(.admin, bad, peer: "192.0.2.1") == "429 too-many-failures")
            #expect(await scene.outcome(.admin, bad, peer: "192.0.2.2") == "401 invalid-token")
            #expect(await scene.outcome(.admin, good, peer: "192.0.2.1") == "good")
            scene.clock.advance(60)
            #expect(await scene.outcome(.admin, bad, peer: "192.0.2.1") == "401 invalid-token")
            // One machine has many addresses of IPv6.
            for last in 0..<20 { _ = await scene.outcome(.admin, bad, peer: "2001:db8::\(last)") }
            #expect(await scene.outcome(.admin, bad, peer: "2001:db8::ffff") == "429 too-many-failures")
            #expect(await scene.outcome(.admin, bad, peer: "2001:db8:0:1::1") == "401 invalid-token")
        }
    }

    @Test("guesses from everywhere are counted in bounded room")
    func manyGuessers() async throws {
        try await withTemporaryFolder { home in
            let scene = Scene(home)
            let bad: HTTPHeaders = ["Authorization": "Bearer sw_no"]
            for number in 0..<1_024 {
                _ = await scene.outcome(.admin, bad, peer: "10.0.\(number / 256).\(number % 256)")
            }
            // The table is full: whoever comes now counts together with all others who come.
            var last = ""
            for number in 0..<21 { last = await scene.outcome(.admin, bad, peer: "10.1.0.\(number)") }
            #expect(last == "429 too-many-failures")
            scene.clock.advance(60)
            #expect(await scene.outcome(.admin, bad, peer: "10.1.0.99") == "401 invalid-token")
        }
    }
}
