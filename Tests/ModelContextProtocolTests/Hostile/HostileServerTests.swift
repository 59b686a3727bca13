import FoundationEssentials
import JSONSchema
import ModelContextProtocol
import Subprocesses
import Synchronization
import TestSupport
import Testing

/// Servers that misbehave: each in its way, each with its error, and the client lives.
@Suite(
    "A client with a hostile server",
    .enabled(if: InstalledProgram.exists("python3"), "needs python3")
)
struct HostileServerTests {
    private static func program(_ mode: String, _ more: [String] = []) -> ServerProgram {
        ServerProgram(
            command: "python3",
            arguments: [PeerProgram.script("hostile_server"), mode] + more,
            maximumMessageBytes: 1 << 20,
            startTimeout: .seconds(20),
            closingGrace: .milliseconds(200)
        )
    }

    @discardableResult
    private func withClient<Value: Sendable>(
        _ mode: String,
        _ more: [String] = [],
        versions: [ProtocolVersion] = ProtocolVersion.supported,
        timeout: Duration = .seconds(20),
        _ body: (MCPClient, StandardStreamsTransport) async throws -> Value
    ) async throws -> Value {
        var program = Self.program(mode, more)
        program.startTimeout = timeout
        let transport = StandardStreamsTransport(program)
        let options = MCPClient.Options(requestTimeout: timeout, maximumListed: 500, versions: versions)
        let client = MCPClient(transport, identity: .tester, input: ScriptedPerson(), options: options)
        do {
            let value = try await body(client, transport)
            await client.close()
            return value
        } catch {
            await client.close()
            throw error
        }
    }

    private func text(_ result: CallToolResult) -> String { result.content.compactMap(\.plainText).joined() }

    @Test(
        "what can be borne is borne: banners, second answers, CR LF, batches beside, noise, questions, floods",
        arguments: zip(
            ["healthy", "chatty", "twice", "crlf", "asks", "noisy", "flood", "lies", "drip", "slow", "asks", "twice"],
            [[ProtocolVersion.v2026_07_28], [.v2025_11_25]].cycled(12)
        )
    )
    func borne(mode: String, versions: [ProtocolVersion]) async throws {
        let more =
            ["flood": ["--size", "5000"], "drip": ["--seconds", "0.3"], "slow": ["--seconds", "0.1"]][mode] ?? []
        try await withClient(mode, more, versions: versions) { client, _ in
            for number in 1...3 {
                let result = try await client.callTool("work", ["text": .string("call \(number)")])
                #expect(mode == "lies" || text(result) == "call \(number)")
            }
            #expect(try await client.listTools().items.isEmpty == false)
        }
    }

    @Test("a flood of progress reaches its handler, and one of changes loses only what is old")
    func flood() async throws {
        try await withClient("flood", ["--size", "20000"]) { client, _ in
            let notices = client.notices()
            let steps = Mutex(0)
            let options = RequestOptions(onProgress: { _ in steps.withLock { $0 += 1 } })
            _ = try await client.callTool("work", JSONObject(), options)
            #expect(steps.withLock(\.self) == 10_000)
            await client.close()
            var heard = 0
            for await _ in notices { heard += 1 }
            #expect((1...300).contains(heard))
        }
    }

    @Test("a program that never answers is given up")
    func silent() async throws {
        let program = Self.program("silent")
        let transport = StandardStreamsTransport(program)
        try await transport.open(
            ClientInbox(notification: { _ in }, request: { .init(id: $0.id, [:]) }, ended: { _ in })
        )
        let request = Message.Request(id: .integer(1), method: Method.discover)
        await #expect(throws: ConnectionError.timedOut(after: .milliseconds(300))) {
            try await transport.exchange(request, Delivery(version: nil, timeout: .milliseconds(300)))
        }
        await transport.close()
    }

    @Test("a call without an answer, or with answers for others, times out", arguments: ["mute", "wrong-ids"])
    func unanswered(mode: String) async throws {
        try await withClient(mode) { client, _ in
            await #expect(throws: ConnectionError.timedOut(after: .milliseconds(500))) {
                try await client.callTool("work", [:], RequestOptions(timeout: .milliseconds(500)))
            }
            let count = try await client.listTools().items.count
            #expect(count == 2)
        }
    }

    @Test("answers that are no messages end the call they can be told to belong to, or are passed over")
    func malformed() async throws {
        try await withClient("malformed") { client, transport in
            await #expect(throws: ConnectionError.self) {
                try await client.callTool("work", [:], RequestOptions(timeout: .milliseconds(500)))
            }
            let count = try await client.listTools().items.count
            #expect(count == 2)
            #expect(transport.remarks.strayLines > 5)
        }
    }

    @Test("a program that puts everything into batches is no server")
    func batches() async throws {
        await #expect(throws: ConnectionError.self) {
            try await withClient("batch", timeout: .seconds(1)) { client, _ in
                _ = try await client.connect()
            }
        }
    }

    @Test(
        "a program that ends says how, and everybody who waits is told",
        arguments: [("dies", "status 3"), ("killed", "signal 9"), ("no-newline", "")]
    )
    func ends(mode: String, says: String) async throws {
        try await withClient(mode) { client, _ in
            let notices = client.notices()
            try await client.connect()
            async let other = Result { try await client.callTool("work") }
            do {
                let result = try await client.callTool("work")
                #expect(mode == "no-newline" && text(result) == "no newline")
            } catch let error as ConnectionError {
                #expect("\(error)".contains(says), "\(error)")
            }
            _ = await other
            for await notice in notices { if case .ended = notice { break } }
            await #expect(throws: ConnectionError.self) { try await client.callTool("work") }
        }
    }

    @Test("a program that ends at once is reported with its last words")
    func diesAtStart() async throws {
        let error = await #expect(throws: ConnectionError.self) {
            try await withClient("dies-at-start") { client, _ in _ = try await client.connect() }
        }
        #expect("\(try #require(error))".contains("no configuration found"))
    }

    @Test("a program that is not there is reported")
    func missing() async throws {
        let client = MCPClient(StandardStreamsTransport(ServerProgram(command: "/no/such/server")), identity: .tester)
        let error = await #expect(throws: ConnectionError.self) { try await client.connect() }
        guard case .notStarted = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("a message of 100 MB, and a line that never ends, end the connection", arguments: ["huge", "huge-line"])
    func huge(mode: String) async throws {
        try await withClient(mode) { client, _ in
            await #expect(throws: ConnectionError.tooLarge(limit: 1 << 20)) { try await client.callTool("work") }
        }
    }

    @Test("what is nested too deeply is no message", arguments: ["deep", "deep-schema"])
    func deep(mode: String) async throws {
        try await withClient(mode) { client, _ in
            await #expect(throws: ConnectionError.self) {
                let options = RequestOptions(timeout: .milliseconds(800))
                if mode == "deep" {
                    _ = try await client.callTool("work", [:], options)
                } else {
                    _ = try await client.request(Method.listTools, [:], options)
                }
            }
        }
    }

    @Test("bytes that are no UTF-8 are no message, and the next call works")
    func invalidText() async throws {
        try await withClient("invalid-utf8") { client, _ in
            await #expect(throws: ConnectionError.self) {
                try await client.callTool("work", [:], RequestOptions(timeout: .milliseconds(500)))
            }
            let count = try await client.listTools().items.count
            #expect(count == 2)
        }
    }

    @Test("tools that are none are left out and named, others stay", arguments: ["bad-schemas", "names"])
    func badTools(mode: String) async throws {
        try await withClient(mode) { client, _ in
            let listing = try await client.listTools()
            #expect(listing.items.contains { $0.name == "echo" })
            #expect(mode == "names" || !listing.rejected.isEmpty)
            #expect(listing.rejected.allSatisfy { !$0.contains("\u{1B}") && $0.count < 2_000 })
        }
    }

    @Test("lists without an end are given up", arguments: ["endless-pages", "same-cursor", "many-tools"])
    func endlessLists(mode: String) async throws {
        try await withClient(mode, mode == "many-tools" ? ["--size", "600"] : []) { client, _ in
            let error = await #expect(throws: ConnectionError.self) { try await client.listTools() }
            guard case .malformed = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    @Test("a server that asks again and again is given up")
    func insatiable() async throws {
        try await withClient("insatiable", versions: [.v2026_07_28]) { client, _ in
            let error = await #expect(throws: ConnectionError.self) { try await client.callTool("work") }
            guard case .malformed = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    @Test("a server that does not read stops nobody, and what waits for it is bounded")
    func deaf() async throws {
        try await withClient("deaf", ["--seconds", "600"], versions: [.v2026_07_28]) { client, transport in
            let first = try await client.callTool("work")
            #expect(text(first) == "worked")
            let long = JSONValue.string(String(repeating: "x", count: 1 << 19))
            let ends = await withTaskGroup(of: ConnectionError?.self, returning: [ConnectionError?].self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        let options = RequestOptions(timeout: .seconds(2))
                        let end = await Result { try await client.callTool("work", ["text": long], options) }
                        guard case .failure(let error) = end else { return nil }
                        return error as? ConnectionError
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(ends.allSatisfy { $0 != nil })
            #expect(ends.contains(.ended("it does not read what it is sent")))
        }
    }

    @Test("what ignores the end of its input and SIGTERM is gone after closing, with its children")
    func immortal() async throws {
        let before = await runningServers()
        try await withClient("immortal") { client, _ in _ = try await client.callTool("work") }
        #expect(await runningServers(of: "immortal", beside: before).isEmpty)
    }

    @Test("a client that is dropped without being closed leaves no program behind")
    func dropped() async throws {
        do {
            let transport = StandardStreamsTransport(Self.program("healthy", ["--size", "424242"]))
            try await MCPClient(transport, identity: .tester).connect()
        }
        try await withDeadline(.seconds(20)) {
            while !(await self.runningServers(of: "424242")).isEmpty { await Task.yield() }
        }
    }

    /// `SKILLWEAVER_SPAWN_CYCLES` makes it a longer run.
    private static let cycles =
        ProcessInfo.processInfo.environment["SKILLWEAVER_SPAWN_CYCLES"].flatMap { Int($0) } ?? 50

    @Test("many starts and stops leave no program behind")
    func cycles() async throws {
        let count = Self.cycles
        let mark = "\(700_000 + count)"
        let script = """
            import sys
            for line in sys.stdin:
                print('{"jsonrpc":"2.0","id":1,"result":{"resultType":"complete","supportedVersions":["2026-07-28"],'
                      '"capabilities":{},"ttlMs":0,"cacheScope":"private"}}', flush=True)
            """
        func once() async throws {
            let program = ServerProgram(command: "python3", arguments: ["-S", "-E", "-c", script, mark])
            let client = MCPClient(StandardStreamsTransport(program), identity: .tester)
            #expect(try await client.connect().version == .v2026_07_28)
            await client.close()
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<count {
                if number >= 4 { try await group.next() }
                group.addTask { try await once() }
            }
            try await group.waitForAll()
        }
        #expect(await runningServers(of: mark).isEmpty)
    }

    /// The numbers of hostile servers that run, whose command holds a word.
    private func runningServers(of word: String = "hostile_server", beside others: Set<String> = []) async -> Set<
        String
    > {
        let list = try? await Subprocess(executable: "ps", arguments: ["-eo", "pid=,args="]).run().outputText
        let lines = (list ?? "").split(separator: "\n").filter { $0.contains("python3") && $0.contains(word) }
        return Set(lines.map(String.init)).subtracting(others)
    }
}

extension Array {
    /// As many elements, over and over; the last two as the other way round.
    fileprivate func cycled(_ count: Int) -> [Element] { (0..<count).map { self[($0 + $0 / 10) % self.count] } }
}

extension Result where Failure == any Error {
    /// What some work comes to.
    init(_ work: () async throws -> Success) async {
        do { self = .success(try await work()) } catch { self = .failure(error) }
    }
}
