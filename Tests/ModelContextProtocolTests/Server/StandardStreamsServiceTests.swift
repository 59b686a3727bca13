import Glibc
import JSONSchema
import ModelContextProtocol
import TestSupport
import Testing

/// What the specification says of a server over standard streams.
@Suite("The service over standard streams")
struct StandardStreamsServiceTests {
    /// What is answered to some lines, after which the input ends.
    private func answers(_ lines: [JSONValue]) async throws -> [JSONValue] {
        let service = try PipedService(SampleSurface())
        for line in lines { service.send(line) }
        service.endInput()
        defer { service.stopReading() }
        return try await service.rest()
    }

    private func code(_ answer: JSONValue?) -> Int? { answer?["error"]?["code"]?.intValue }
    private func text(_ answer: JSONValue?) -> String? {
        answer?["result"]?["content"]?.arrayValue?.first?["text"]?.stringValue
    }

    @Test("both eras are served, each as it has it")
    func eras() async throws {
        let said = try await answers([
            Wire.modern("server/discover", id: "d"), Wire.initialize(id: 1), Wire.initialized,
            Wire.legacy("tools/call", ["name": "add", "arguments": ["a": 1, "b": 1]], id: 2),
            Wire.call("add", ["a": 2, "b": 2], id: 3), Wire.legacy("ping", id: 4),
        ])
        func answer(_ id: JSONValue) -> JSONValue? { said.first { $0["id"] == id } }
        #expect(said.count == 5)
        #expect(answer("d")?["result"]?["resultType"] == "complete")
        #expect(answer(1)?["result"]?["protocolVersion"] == "2025-11-25")
        #expect(text(answer(2)) == "2" && answer(2)?["result"]?["resultType"] == nil)
        #expect(text(answer(3)) == "4" && answer(3)?["result"]?["resultType"] == "complete")
        #expect(answer(4)?["result"] == [:])
    }

    @Test(
        "the version of the handshake is the client's where it is spoken, else the newest",
        arguments: [
            ("2024-11-05", "2024-11-05"), ("2025-06-18", "2025-06-18"), ("2026-07-28", "2025-11-25"),
            ("x", "2025-11-25"),
        ]
    )
    func versions(wanted: String, agreed: String) async throws {
        let handshake = Wire.legacy(
            "initialize",
            ["protocolVersion": .string(wanted), "capabilities": [:], "clientInfo": ["name": "x", "version": "1"]]
        )
        #expect(try await answers([handshake]).first?["result"]?["protocolVersion"]?.stringValue == agreed)
    }

    @Test(
        "what is wrong is answered with its code, and the next line is served",
        arguments: [
            ("{", -32_700), ("[]", -32_600), ("[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]", -32_600),
            ("null", -32_600),
            ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}}", -32_700), ("{}", -32_600),
            ("{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"}", -32_600),
            ("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/list\"}", -32_600),
            ("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/list\",\"params\":[]}", -32_600),
            (
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/list\",\"params\":{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2099-01-01\"}}}",
                -32_022
            ),
            ("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"server/discover\"}", -32_602),
            (String(repeating: "{\"a\":", count: 2_000), -32_700),
        ]
    )
    func refusals(line: String, code: Int) async throws {
        let service = try PipedService(SampleSurface())
        service.send(Array(line.utf8))
        #expect(self.code(try await service.next()) == code)
        service.send(Wire.call("add", ["a": 1], id: 99))
        #expect(text(try await service.next()) == "1")
        service.endInput()
        #expect(try await service.rest().isEmpty)
    }

    @Test("blank lines, answers nobody waits for and unknown notifications are passed over")
    func silence() async throws {
        let service = try PipedService(SampleSurface())
        for line in [
            "", "  ", "\r", "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}",
            "{\"jsonrpc\":\"2.0\",\"method\":\"made/up\"}",
            Wire.cancelled(12345).serialized(),
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":{}}}",
        ] { service.send(Array(line.utf8)) }
        service.endInput()
        #expect(try await service.rest().isEmpty)
    }

    @Test("a line that is too long is refused, and the next one is served")
    func tooLong() async throws {
        let service = try PipedService(SampleSurface(), options: .init(maximumMessageBytes: 100_000))
        service.send([UInt8](repeating: UInt8(ascii: "x"), count: 1_000_000))
        #expect(code(try await service.next()) == -32_600)
        service.send(Wire.call("add"))
        #expect(text(try await service.next()) == "0")
    }

    @Test("a call that is cancelled is not answered, and its work ends")
    func cancellation() async throws {
        let surface = SampleSurface()
        let service = try PipedService(surface)
        service.send(Wire.call("wait", ["label": "x"], id: "w"))
        await surface.noted("waiting x")
        service.send(Wire.call("wait", ["label": "x"], id: "w"))
        #expect(code(try await service.next()) == -32_600, "an id that is in use")
        service.send(Wire.cancelled("w"))
        await surface.noted("cancelled x")
        service.send(Wire.call("add", id: "v"))
        #expect(text(try await service.next()) == "0")
        service.endInput()
        #expect(try await service.rest().isEmpty)
    }

    @Test("questions of the legacy era are put and answered while other calls wait for their turn")
    func questions() async throws {
        let surface = SampleSurface()
        let service = try PipedService(surface, options: .init(maximumRequests: 2))
        service.send(Wire.initialize())
        _ = try await service.next()
        for id in 1...4 { service.send(Wire.legacy("tools/call", ["name": "book"], id: JSONValue(id))) }
        var answered: Set<Int> = []
        while answered.count < 4, let message = try await service.next() {
            if message["method"] == "elicitation/create", let id = message["id"] {
                service.send(["jsonrpc": "2.0", "id": id, "result": ["action": "accept", "content": ["name": "Ada"]]])
            } else if let id = message["id"]?.intValue {
                #expect(text(message) == "accept Ada asked")
                answered.insert(id)
            }
        }
        #expect(answered == [1, 2, 3, 4])
    }

    @Test("calls wait for their turn, can be cancelled meanwhile, and too many are refused")
    func places() async throws {
        let surface = SampleSurface()
        let service = try PipedService(surface, options: .init(maximumRequests: 1))
        service.send(Wire.call("wait", ["label": "first"], id: 1))
        await surface.noted("waiting first")
        for id in 2...5 { service.send(Wire.call("wait", ["label": .string("\(id)")], id: JSONValue(id))) }
        service.send(Wire.call("add", id: 6))
        let refused = try await service.next()
        #expect(refused?["id"] == 6 && code(refused) == -32_000)
        for id in 2...5 { service.send(Wire.cancelled(JSONValue(id))) }
        service.send(Wire.cancelled(1))
        await surface.noted("cancelled first")
        service.send(Wire.call("add", id: 7))
        #expect(try await service.next()?["id"] == 7)
        #expect(!surface.has("waiting 2"))
    }

    @Test("a subscription is acknowledged, told of changes, and ended without an answer when it is cancelled")
    func subscription() async throws {
        let surface = SampleSurface()
        let service = try PipedService(surface)
        service.send(Wire.modern("subscriptions/listen", ["notifications": ["toolsListChanged": true]], id: "listen-1"))
        #expect(try await service.next()?["method"] == "notifications/subscriptions/acknowledged")
        service.send(Wire.call("change", id: 2))
        var heard: [String] = []
        for _ in 0..<2 { heard.append(try await service.next()?["method"]?.stringValue ?? "answer") }
        #expect(Set(heard) == ["answer", "notifications/tools/list_changed"])
        service.send(Wire.cancelled("listen-1"))
        await surface.noted("unlistened")
        service.endInput()
        #expect(try await service.rest().isEmpty)
    }

    @Test("in the legacy era changes are told to who has shaken hands")
    func legacyChanges() async throws {
        let surface = SampleSurface()
        let service = try PipedService(surface)
        service.send(Wire.initialize())
        service.send(Wire.initialized)
        _ = try await service.next()
        await surface.noted("listened")
        service.send(Wire.legacy("resources/subscribe", ["uri": "note://first"], id: 2))
        _ = try await service.next()
        service.send(Wire.legacy("tools/call", ["name": "change"], id: 3))
        var heard: Set<String> = []
        for _ in 0..<3 { heard.insert(try await service.next()?["method"]?.stringValue ?? "answer") }
        #expect(heard == ["answer", "notifications/tools/list_changed", "notifications/resources/updated"])
    }

    @Test("when the client goes, what is under way may end")
    func finishing() async throws {
        let surface = SampleSurface()
        let service = try PipedService(surface, options: .init(closingGrace: .seconds(600)))
        service.send(Wire.call("wait", ["seconds": 0.05, "label": "short"], id: 1))
        await surface.noted("waiting short")
        service.endInput()
        let said = try await service.rest()
        #expect(said.count == 1 && text(said.first) == "waited")
        try await service.ended()
    }

    @Test("when the client goes, what takes too long is cancelled, and not answered")
    func cutting() async throws {
        let surface = SampleSurface()
        let service = try PipedService(surface, options: .init(closingGrace: .milliseconds(50)))
        service.send(Wire.call("wait", ["label": "long"], id: 2))
        await surface.noted("waiting long")
        service.endInput()
        #expect(try await service.rest().isEmpty)
        await surface.noted("cancelled long")
        try await service.ended()
    }

    @Test("with nothing under way it ends at once, also while somebody listens")
    func idleEnd() async throws {
        let service = try PipedService(SampleSurface(), options: .init(closingGrace: .seconds(600)))
        service.send(Wire.modern("subscriptions/listen", ["notifications": [:]], id: "listen-1"))
        _ = try await service.next()
        service.endInput()
        try await service.ended()
    }

    @Test("a client that does not read is not read either, and nobody is stuck when it goes")
    func unread() async throws {
        let surface = SampleSurface()
        let options = StandardStreamsService.Options(maximumUnreadBytes: 100_000, closingGrace: .milliseconds(100))
        let service = try PipedService(surface, options: options, readsAnswers: false)
        service.send(Wire.call("wait", ["label": "x"], id: 1))
        for id in 2...40 { service.send(Wire.call("big", ["bytes": 100_000], id: JSONValue(id))) }
        await surface.noted("waiting x")
        service.stopReading()
        service.endInput()
        try await service.ended()
        await surface.noted("cancelled x")
    }
}
