import Glibc
import JSONSchema
import PlanExecution
import SkillService
import Storage
import Synchronization
import TestSupport
import Testing

@Suite("The tokens of an installation")
struct AccessTokenStoreTests {
    private func file(_ home: String) -> String { "\(home)/service/tokens.json" }

    private func text(_ path: String) throws -> String { String(decoding: try FileSystem.read(path), as: UTF8.self) }

    private func mode(_ path: String) -> mode_t {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
    }

    private func name(_ store: AccessTokenStore, _ secret: TokenSecret) async throws -> String {
        switch try await store.holder(of: secret.text) {
        case .known(let token): token.name
        case .expired: "expired"
        case .unknown: "unknown"
        }
    }

    @Test("a token is listed with what it may, and its secret is kept nowhere")
    func listing() async throws {
        try await withTemporaryFolder { home in
            let store = AccessTokenStore(home: home) { RunTime(milliseconds: 1_000_000_000_000) }
            let (token, secret) = try await store.create(
                name: "build server",
                scopes: [.runsWrite, .library],
                lifetime: 86_400
            )
            #expect(secret.text.hasPrefix("sw_") && secret.text.utf8.count == 46)
            #expect(try await store.list() == [token])
            #expect(token.json["scopes"] == ["library", "runs:write"])
            #expect(token.json["created_at"] == "2001-09-09T01:46:40.000Z")
            #expect(token.json["expires_at"] == "2001-09-10T01:46:40.000Z")
            #expect(token.json["sha256"] == nil)
            let kept = try text(file(home))
            #expect(!kept.contains(secret.text) && !kept.contains(secret.text.dropFirst(3)))
            #expect("\(secret)" == "sw_…" && String(reflecting: secret) == "sw_…")
            #expect(mode(file(home)) == 0o600 && mode("\(home)/service") == 0o700)
            #expect(FileSystem.contents(of: "\(home)/service") == ["tokens.json", "tokens.json.lock"])
        }
    }

    @Test("what another process makes and revokes counts with the next request")
    func shared() async throws {
        try await withTemporaryFolder { home in
            let (server, command) = (AccessTokenStore(home: home), AccessTokenStore(home: home))
            var secrets: [(String, TokenSecret)] = []
            for number in 0..<10 {
                let (token, secret) = try await command.create(name: "\(number)", scopes: [.library])
                secrets.append((token.id, secret))
                #expect(try await name(server, secret) == "\(number)")
            }
            for (number, (id, secret)) in secrets.enumerated() {
                #expect(try await name(server, secret) == "\(number)")
                #expect(try await command.revoke(id))
                #expect(try await name(server, secret) == "unknown")
                #expect(try await !command.revoke(id), "it is there no more")
            }
        }
    }

    @Test("tokens that are made at the same time are all kept")
    func concurrency() async throws {
        try await withTemporaryFolder { home in
            try await withThrowingTaskGroup { group in
                for number in 0..<32 {
                    let store = AccessTokenStore(home: home)
                    group.addTask { _ = try await store.create(name: "\(number)", scopes: [.metrics]) }
                }
                try await group.waitForAll()
            }
            let names = try await AccessTokenStore(home: home).list().map(\.name)
            #expect(Set(names) == Set((0..<32).map { "\($0)" }))
        }
    }

    @Test("when a token was used is noted once a minute, for all processes")
    func use() async throws {
        try await withTemporaryFolder { home in
            let now = Mutex(RunTime(milliseconds: 2_000_000_000_000))
            let store = AccessTokenStore(home: home) { now.withLock(\.self) }
            let (_, secret) = try await store.create(name: "used", scopes: [.library])
            let other = AccessTokenStore(home: home)
            #expect(try await other.list().first?.lastUsed == nil)
            for (seconds, noted) in [(0, 0), (59, 0), (60, 60), (61, 60)] as [(Int64, Int64)] {
                now.withLock { $0 = RunTime(milliseconds: 2_000_000_000_000 + seconds * 1_000) }
                #expect(try await name(store, secret) == "used")
                #expect(
                    try await other.list().first?.lastUsed == RunTime(milliseconds: 2_000_000_000_000 + noted * 1_000)
                )
            }
        }
    }

    @Test(
        "what makes no token is refused",
        arguments: [
            ("", [.library], nil), ("  ", [.library], nil), ("a\nb", [.library], nil), ("a\u{202E}b", [.library], nil),
            (String(repeating: "x", count: 101), [.library], nil), ("none", [], nil), ("short", [.library], 59),
            ("long", [.library], 400_000_000), ("negative", [.library], -1), ("most", [.library], Int64.max),
        ] as [(String, Set<AccessScope>, Int64?)]
    )
    func invalid(name: String, scopes: Set<AccessScope>, lifetime: Int64?) async throws {
        try await withTemporaryFolder { home in
            let store = AccessTokenStore(home: home)
            let error = await #expect(throws: AccessTokenError.self) {
                _ = try await store.create(name: name, scopes: scopes, lifetime: lifetime)
            }
            #expect(error?.kind == .invalid)
            #expect(!FileSystem.exists(file(home)))
        }
    }

    @Test("there is an end to how many tokens are kept; expired ones make room")
    func bounded() async throws {
        try await withTemporaryFolder { home in
            let now = Mutex(RunTime(milliseconds: 2_000_000_000_000))
            let store = AccessTokenStore(home: home, limit: 4) { now.withLock(\.self) }
            for number in 0..<4 {
                _ = try await store.create(name: "\(number)", scopes: [.library], lifetime: number < 2 ? 60 : nil)
            }
            let error = await #expect(throws: AccessTokenError.self) {
                _ = try await store.create(name: "more", scopes: [.library])
            }
            #expect(error?.kind == .full)
            now.withLock { $0.milliseconds += 60_000 }
            _ = try await store.create(name: "more", scopes: [.library])
            #expect(try await store.list().map(\.name) == ["2", "3", "more"])
        }
    }

    @Test(
        "a file that is damaged lets nobody in, is not overwritten, and says what to do",
        arguments: [
            "", "{", "[]", "{}", "{\"version\": 2, \"tokens\": []}", "{\"version\": 1}",
            "{\"version\": 1, \"tokens\": {}}", "{\"version\": 1, \"tokens\": [{}]}",
            token("\"scopes\": [\"library\", \"everything\"]"), token("\"scopes\": []"),
            token("\"scopes\": [\"library\"], \"expires_at\": -5"),
            token("\"scopes\": [\"library\"], \"expires_at\": \"tomorrow\""),
            token("\"scopes\": [\"library\"]", digest: "00"),
        ]
    )
    func damaged(content: String) async throws {
        try await withTemporaryFolder { home in
            let store = AccessTokenStore(home: home)
            let (_, secret) = try await store.create(name: "before", scopes: [.admin])
            _ = try await store.holder(of: secret.text)
            try FileSystem.write(Array(content.utf8), to: file(home))
            let error = await #expect(throws: AccessTokenError.self) { try await store.holder(of: secret.text) }
            #expect(error?.kind == .damaged)
            #expect(error?.description.contains("skillweaver serve token create") == true)
            await #expect(throws: AccessTokenError.self) { _ = try await store.create(name: "n", scopes: [.library]) }
            #expect(try text(file(home)) == content)
        }
    }

    private static func token(_ members: String, digest: String = String(repeating: "0", count: 64)) -> String {
        """
        {"version": 1, "tokens": [{\(members), "id": "0123456789abcdef", "name": "n", "sha256": "\(digest)", \
        "created_at": 1795305600000}]}
        """
    }

    @Test("files others can read or change are refused, also as links and folders")
    func rights() async throws {
        try await withTemporaryFolder { home in
            let store = AccessTokenStore(home: home)
            let (_, secret) = try await store.create(name: "n", scopes: [.admin])
            let install = try await store.installToken()
            #expect(mode("\(home)/service/token") == 0o600)
            #expect(try await name(store, install) == "install")
            #expect(try await store.installToken() == install)
            for path in [file(home), "\(home)/service/token"] {
                for rights in [0o640, 0o604, 0o660, 0o602] as [mode_t] {
                    chmod(path, rights)
                    let error = await #expect(throws: AccessTokenError.self) { try await store.holder(of: secret.text) }
                    #expect(error?.kind == .files && error?.description.contains("chmod 600") == true)
                }
                chmod(path, 0o600)
                #expect(try await name(store, secret) == "n")
            }
            chmod("\(home)/service/token", 0o644)
            await #expect(throws: AccessTokenError.self) { try await store.installToken() }
            chmod("\(home)/service/token", 0o600)
            chmod("\(home)/service", 0o777)
            await #expect(throws: AccessTokenError.self) { try await store.list() }
            chmod("\(home)/service", 0o700)
            rename(file(home), "\(home)/elsewhere.json")
            symlink("\(home)/elsewhere.json", file(home))
            await #expect(throws: AccessTokenError.self) { try await store.holder(of: secret.text) }
            #expect(unlink(file(home)) == 0)
            mkdir(file(home), 0o700)
            await #expect(throws: AccessTokenError.self) { try await store.holder(of: secret.text) }
        }
    }

    @Test("the token of the installation is made once, however many start, and anew when it was removed")
    func installation() async throws {
        try await withTemporaryFolder { home in
            let secrets = try await withThrowingTaskGroup(of: TokenSecret.self) { group in
                for _ in 0..<16 {
                    let store = AccessTokenStore(home: home)
                    group.addTask { try await store.installToken() }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            let old = try #require(secrets.first)
            #expect(secrets.count == 1)
            let store = AccessTokenStore(home: home)
            #expect(try await name(store, old) == "install")
            FileSystem.remove("\(home)/service/token")
            #expect(try await name(store, old) == "unknown")
            let new = try await store.installToken()
            #expect(new != old)
            #expect(try await name(store, new) == "install")
            #expect(try await name(store, old) == "unknown")
            try FileSystem.write(Array("letmein\n".utf8), to: "\(home)/service/token")
            let error = await #expect(throws: AccessTokenError.self) { try await store.installToken() }
            #expect(error?.kind == .damaged)
        }
    }
}
