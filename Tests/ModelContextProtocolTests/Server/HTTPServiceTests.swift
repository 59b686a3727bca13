import HTTPTransport
import JSONSchema
import ModelContextProtocol
import Synchronization
import TestSupport
import Testing

/// What the specification says of each request over HTTP, asked of the service itself.
@Suite("The service over HTTP")
struct HTTPServiceTests {
    private static let surface = SampleSurface()

    private func service(_ surface: SampleSurface = surface, access: HTTPAccess = HTTPAccess()) -> StreamableHTTPService
    {
        StreamableHTTPService(MCPServer(surface), access: access)
    }

    @Test("each request is answered with its status and code", arguments: refusals)
    func matrix(row: Row) async throws {
        let answer = try await service().answer(row.request)
        #expect(answer.status == row.status, "\(answer.messages)")
        #expect(answer.code == row.code, "\(answer.messages)")
        #expect(answer.messages.count == 1)
        #expect(answer.last?["jsonrpc"] == "2.0")
    }

    @Test(
        "headers that come twice are refused",
        arguments: ["MCP-Protocol-Version", "Mcp-Method", "Mcp-Name", "Host", "Origin"]
    )
    func twice(header: String) async throws {
        var request = Wire.post(Wire.call("add"))
        if header == "Origin" { request.headers.add("Origin", "http://127.0.0.1:8080") }
        request.headers.add(header, "other")
        #expect([400, 403, 421].contains(try await service().answer(request).status))
    }

    @Test("methods are answered as the era has them")
    func methods() async throws {
        let service = service()
        for (method, headers, status) in [
            (HTTPMethod.get, ["MCP-Protocol-Version": "2026-07-28"], 405),
            (.delete, ["MCP-Protocol-Version": "2026-07-28"], 405),
            (.put, [:], 405), (.get, ["Accept": "text/html"], 405), (.get, ["Accept": "text/event-stream"], 400),
            (.delete, [:], 400),
        ] as [(HTTPMethod, HTTPHeaders, Int)] {
            var request = HTTPServerRequest(method: method, target: "/mcp", headers: ["Host": "localhost"])
            for field in headers.fields { request.headers[field.name] = field.value }
            let answer = try await service.answer(request)
            #expect(answer.status == status, "\(method) \(headers)")
            #expect(status != 405 || answer.headers["Allow"]?.contains("POST") == true)
        }
    }

    @Test("discovering says the versions, how long that holds, and who serves")
    func discover() async throws {
        let result = try #require(try await service().answer(Wire.post(Wire.modern("server/discover"))).last?["result"])
        #expect(result["supportedVersions"]?.arrayValue?.contains("2026-07-28") == true)
        #expect(result["resultType"] == "complete" && result["ttlMs"] == 5_000 && result["cacheScope"] == "public")
        #expect(result["_meta"]?["io.modelcontextprotocol/serverInfo"]?["name"] == "sample")
        #expect(result["capabilities"]?["extensions"]?["io.modelcontextprotocol/tasks"] != nil)
    }

    @Test("a call of which nothing is said before its answer is JSON, another is a stream that ends with it")
    func streams() async throws {
        let whole = try await service().answer(Wire.post(Wire.call("add", ["a": 2, "b": 3], id: "text")))
        #expect(whole.headers.mediaType == "application/json")
        #expect(whole.last?["result"]?["structuredContent"]?["sum"] == 5 && whole.last?["id"] == "text")
        var meta = Wire.modernMeta.objectValue ?? JSONObject()
        meta["progressToken"] = "t"
        let call = Wire.modern("tools/call", ["name": "count", "_meta": .object(meta)], id: 9)
        let streamed = try await service().answer(Wire.post(call))
        #expect(streamed.headers.mediaType == "text/event-stream")
        #expect(streamed.messages.count == 4 && streamed.last?["id"] == 9)
        #expect(streamed.messages.dropLast().allSatisfy { $0["params"]?["progressToken"] == "t" })
    }

    @Test("questions and their state go round, and the state is good for that request alone")
    func state() async throws {
        let service = service()
        let ask = try await service.answer(
            Wire.post(Wire.modern("tools/call", ["name": "book", "arguments": ["to": "x", "at": 1]]))
        )
        let asked = try #require(ask.last?["result"])
        #expect(
            asked["resultType"] == "input_required"
                && asked["inputRequests"]?["form"]?["method"] == "elicitation/create"
        )
        let state = try #require(asked["requestState"])
        func again(_ arguments: JSONValue, _ state: JSONValue) async throws -> Answered {
            let answers: JSONValue = ["form": ["action": "accept", "content": ["name": "Ada"]]]
            return try await service.answer(
                Wire.post(
                    Wire.modern(
                        "tools/call",
                        ["name": "book", "arguments": arguments, "inputResponses": answers, "requestState": state],
                        id: 2
                    )
                )
            )
        }
        // The members of the arguments may come back in another order.
        let done = try await again(["at": 1, "to": "x"], state)
        #expect(done.last?["result"]?["content"]?.arrayValue?.first?["text"] == "accept Ada asked")
        let other = try await again(["to": "y", "at": 1], state)
        #expect(other.code == -32_602 && other.last?["error"]?["data"]?["reason"] == "invalid_request_state")
        // One character changed, wherever it is.
        let text = Array(state.stringValue?.utf8 ?? "".utf8)
        for place in stride(from: 0, to: text.count, by: 7) {
            var changed = text
            changed[place] = changed[place] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            #expect(
                try await again(["to": "x", "at": 1], .string(String(decoding: changed, as: UTF8.self))).code == -32_602
            )
        }
        // Another server's state.
        let foreign = StreamableHTTPService(MCPServer(Self.surface))
        let stranger = try await foreign.answer(
            Wire.post(
                Wire.modern("tools/call", ["name": "book", "arguments": ["to": "x", "at": 1], "requestState": state])
            )
        )
        #expect(stranger.code == -32_602)
    }

    @Test("state expires")
    func expiry() async throws {
        let clock = Clock()
        let service = StreamableHTTPService(
            MCPServer(Self.surface, seal: StateSeal(lifetime: .seconds(60)), now: { clock.now.withLock(\.self) })
        )
        let call: JSONObject = ["name": "book"]
        let asked = try await service.answer(Wire.post(Wire.modern("tools/call", call)))
        var again = call
        again["requestState"] = try #require(asked.last?["result"]?["requestState"])
        again["inputResponses"] = ["form": ["action": "decline"]]
        clock.now.withLock { $0 += 59 }
        #expect(try await service.answer(Wire.post(Wire.modern("tools/call", again))).code == nil)
        clock.now.withLock { $0 += 1 }
        #expect(try await service.answer(Wire.post(Wire.modern("tools/call", again))).code == -32_602)
    }

    @Test("a client that cannot be asked is told what it lacks")
    func missingCapability() async throws {
        var meta = Wire.modernMeta.objectValue ?? JSONObject()
        meta["io.modelcontextprotocol/clientCapabilities"] = [:]
        let answer = try await service().answer(
            Wire.post(Wire.modern("tools/call", ["name": "book", "_meta": .object(meta)]))
        )
        #expect(answer.status == 400 && answer.code == -32_021)
        #expect(answer.last?["error"]?["data"]?["requiredCapabilities"] == ["elicitation": ["form": [:]]])
        let atOnce = try await service().answer(
            Wire.post(Wire.modern("tools/call", ["name": "task", "_meta": .object(meta)]))
        )
        #expect(atOnce.last?["result"]?["content"]?.arrayValue?.first?["text"] == "at once")
    }

    @Test("tokens: none, wrong, right, and another principal's state and session")
    func principals() async throws {
        let access = HTTPAccess(
            checkToken: { ["a": "alice", "b": "bob"][$0] },
            resourceMetadata: "https://x.example/meta"
        )
        let service = service(access: access)
        func ask(_ message: JSONValue, _ token: String?, _ more: HTTPHeaders = [:]) async throws -> Answered {
            var request = Wire.post(message, more)
            request.headers["Authorization"] = token.map { "Bearer \($0)" }
            return try await service.answer(request)
        }
        let none = try await ask(Wire.call("who"), nil)
        #expect(none.status == 401)
        #expect(none.headers["WWW-Authenticate"] == "Bearer resource_metadata=\"https://x.example/meta\"")
        let wrong = try await ask(Wire.call("who"), "c")
        #expect(wrong.status == 401 && wrong.headers["WWW-Authenticate"]?.contains("invalid_token") == true)
        let who = try await ask(Wire.call("who"), "a").last?["result"]?["content"]?.arrayValue?.first?["text"]
        #expect(who == "alice|hand|2026-07-28")

        let asked = try await ask(Wire.modern("tools/call", ["name": "book"]), "a")
        let state = try #require(asked.last?["result"]?["requestState"])
        let stolen = try await ask(Wire.modern("tools/call", ["name": "book", "requestState": state]), "b")
        #expect(stolen.code == -32_602)

        let begun = try await ask(Wire.initialize(), "a")
        let session: HTTPHeaders = ["Mcp-Session-Id": try #require(begun.headers["Mcp-Session-Id"])]
        #expect(try await ask(Wire.legacy("tools/list"), "a", session).status == 200)
        let other = try await ask(Wire.legacy("tools/list"), "b", session)
        #expect(other.status == 404)
    }

    @Test("the legacy era: handshake, calls, questions, cancellation and the end of a session")
    func legacy() async throws {
        let surface = SampleSurface()
        let service = service(surface)
        let begun = try await service.answer(Wire.post(Wire.initialize()))
        let id = try #require(begun.headers["Mcp-Session-Id"])
        #expect(begun.last?["result"]?["protocolVersion"] == "2025-11-25")
        #expect(begun.last?["result"]?["capabilities"]?["extensions"] == nil)
        let session: HTTPHeaders = ["Mcp-Session-Id": id, "MCP-Protocol-Version": "2025-11-25"]
        #expect(try await service.answer(Wire.post(Wire.initialized, session)).status == 202)
        let called = try await service.answer(
            Wire.post(Wire.legacy("tools/call", ["name": "add", "arguments": ["a": 1]]), session)
        )
        #expect(called.last?["result"]?["structuredContent"]?["sum"] == 1)
        #expect(called.last?["result"]?["resultType"] == nil)
        let unknown = try await service.answer(Wire.post(Wire.legacy("made/up"), session))
        #expect(unknown.status == 200 && unknown.code == -32_601)

        // A question on the stream of the call, answered by a POST of its own.
        let response = await service.respond(to: Wire.post(Wire.legacy("tools/call", ["name": "book"], id: 5), session))
        guard case .stream(let body) = response.body else {
            Issue.record("no stream")
            return
        }
        var parser = ServerSentEventParser()
        var said: [JSONValue] = []
        for try await piece in body {
            for event in try parser.receive(piece) {
                let message = try JSONParser.parse(utf8: Array(event.data.utf8))
                said.append(message)
                guard message["method"] == "elicitation/create", let question = message["id"] else { continue }
                let answer: JSONValue = [
                    "jsonrpc": "2.0", "id": question, "result": ["action": "accept", "content": ["name": "Ada"]],
                ]
                #expect(try await service.answer(Wire.post(answer, session)).status == 202)
                #expect(try await service.answer(Wire.post(answer, session)).status == 202, "a second answer")
            }
        }
        #expect(said.last?["result"]?["content"]?.arrayValue?.first?["text"] == "accept Ada asked")

        // Cancelling, and the same id while it is being answered.
        let wait = Wire.legacy("tools/call", ["name": "wait", "arguments": ["label": "legacy"]], id: 6)
        async let waiting = service.answer(Wire.post(wait, session))
        await surface.noted("waiting legacy")
        #expect(try await service.answer(Wire.post(wait, session)).code == -32_600)
        #expect(try await service.answer(Wire.post(Wire.cancelled(6), session)).status == 202)
        await surface.noted("cancelled legacy")
        #expect(try await waiting.messages.allSatisfy { $0["result"] == nil })

        // The stream of what is said unasked, and the end.
        var listen = HTTPServerRequest(
            method: .get,
            target: "/mcp",
            headers: ["Host": "localhost", "Accept": "text/event-stream"]
        )
        for field in session.fields { listen.headers[field.name] = field.value }
        let stream = await service.respond(to: listen)
        _ = try await service.answer(Wire.post(Wire.legacy("tools/call", ["name": "change"], id: 7), session))
        var leave = listen
        leave.method = .delete
        async let heard = Answered(stream)
        while surface.listenerCount == 0 { await Task.yield() }
        #expect(try await service.answer(leave).status == 200)
        #expect(try await heard.messages.first?["method"] == "notifications/tools/list_changed")
        #expect(try await service.answer(Wire.post(Wire.legacy("ping"), session)).status == 404)
    }

    @Test("subscribing: acknowledged first, changes after, an end when the service closes")
    func subscriptions() async throws {
        let surface = SampleSurface()
        let service = service(surface)
        let filter: JSONValue = [
            "toolsListChanged": true, "promptsListChanged": true, "resourceSubscriptions": ["note://first"],
        ]
        let response = await service.respond(
            to: Wire.post(Wire.modern("subscriptions/listen", ["notifications": filter], id: "listen-1"))
        )
        #expect(response.headers.mediaType == "text/event-stream")
        async let heard = Answered(response)
        _ = try await service.answer(Wire.post(Wire.call("change")))
        await service.close()
        let messages = try await heard.messages
        #expect(
            messages.map { $0["method"]?.stringValue ?? "result" } == [
                "notifications/subscriptions/acknowledged", "notifications/tools/list_changed",
                "notifications/resources/updated", "result",
            ]
        )
        let honoured = messages.first?["params"]?["notifications"]
        #expect(honoured?["toolsListChanged"] == true && honoured?["promptsListChanged"] == nil)
        #expect(
            messages.dropLast().allSatisfy {
                $0["params"]?["_meta"]?["io.modelcontextprotocol/subscriptionId"] == "listen-1"
            }
        )
        #expect(messages.last?["result"]?["resultType"] == "complete" && messages.last?["id"] == "listen-1")
    }

    @Test("what nobody reads is bounded: notifications are dropped, and the work behind goes on")
    func unread() async throws {
        let surface = SampleSurface()
        let service = service(surface)
        let filter: JSONValue = ["toolsListChanged": true]
        let response = await service.respond(
            to: Wire.post(Wire.modern("subscriptions/listen", ["notifications": filter]))
        )
        // About a hundred and forty bytes each, of which a quarter of a megabyte is kept.
        for _ in 0..<4_000 { _ = try await service.answer(Wire.post(Wire.call("change"))) }
        await service.close()
        #expect(try await Answered(response).messages.count < 3_000)
        #expect(surface.listenerCount == 0)
    }
}

private final class Clock: Sendable {
    let now = Mutex<Int64>(1_000_000)
}
