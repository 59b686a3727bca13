import JSONSchema
import TestSupport
import Testing

@testable import LanguageModels

@Suite("A streamed reply of /chat/completions", .enabled(if: ScriptedServer.isAvailable, ScriptedServer.absence))
struct OpenAIStreamTests {
    private func stream(
        _ response: ScriptedResponse,
        _ body: @Sendable @escaping (_ stream: ChatStream, _ server: ScriptedServer) async throws -> Void
    ) async throws {
        try await withScriptedServer([ScriptedServer.chat: [response]]) { server in
            try await body(try await server.openAI().stream(question), server)
        }
    }

    private static let usage = #"data: {"choices":[],"usage":{"prompt_tokens":20,"completion_tokens":5}}"# + "\n\n"
    private static let hello = [chunk(["content": "Hel"]), chunk(["content": "lo"]), chunk([:], finish: "stop")]

    static let shapes: [(product: String, events: [String], usage: TokenUsage.Source)] = [
        ("OpenAI: usage after the last piece", hello + [usage, "data: [DONE]\n\n"], .measured),
        ("Ollama: no usage unless asked", hello + ["data: [DONE]\n\n"], .estimated),
        (
            "llama.cpp: null content first, timings in the last piece",
            [chunk(["role": "assistant", "content": .null])] + hello.dropLast() + [
                #"data: {"choices":[{"finish_reason":"stop","index":0,"delta":{}}],"usage":{"prompt_tokens":20,"completion_tokens":5},"timings":{"n":1}}"#
                    + "\n\n", "data: [DONE]\n\n",
            ], .measured
        ),
        (
            "vLLM: usage in every piece, empty lists of calls",
            [
                #"data: {"choices":[{"index":0,"delta":{"content":"Hello","tool_calls":[]},"finish_reason":"stop","stop_reason":null}],"usage":{"prompt_tokens":20,"completion_tokens":5}}"#
                    + "\n\ndata: [DONE]\n\n"
            ], .measured
        ),
        (
            "no space after the colon, carriage returns",
            hello.map { $0.replacing("data: ", with: "data:").replacing("\n", with: "\r\n") } + ["data:[DONE]\r\n\r\n"],
            .estimated
        ),
        (
            "comments to keep alive",
            [": OPENROUTER PROCESSING\n\n"] + hello.flatMap { [$0, ":\n\n"] } + ["data: [DONE]\n\n"], .estimated
        ),
        ("no [DONE]", hello, .estimated),
        ("no line break at the end", hello + ["data: [DONE]"], .estimated),
        ("more after [DONE]", hello + ["data: [DONE]\n\n", chunk(["content": "!!"])], .estimated),
    ]

    @Test("is the same whoever sends it", arguments: shapes.indices)
    func products(index: Int) async throws {
        let shape = Self.shapes[index]
        try await stream(.chunked(shape.events)) { stream, server async throws in
            let (deltas, reply) = try await pieces(of: stream)
            #expect(reply.text == "Hello", "\(shape.product)")
            #expect(deltas.allSatisfy { if case .text = $0 { true } else { false } }, "\(shape.product)")
            #expect(reply.usage.source == shape.usage, "\(shape.product)")
            if shape.usage == .measured { #expect(reply.usage.total == 25) }
            let sent = try server.requests()[0].json()
            #expect(sent["stream"] == true)
            #expect(sent["stream_options"] == ["include_usage": true])
        }
    }

    @Test("keeps characters whole that arrive in halves, and replaces what is no text")
    func characters() async throws {
        let bytes = Array((chunk(["content": "汉字 🧶"]) + chunk([:], finish: "stop")).utf8)
        var halves = bytes.map { [$0] }
        let bad = Array(#"data: {"choices":[{"delta":{"content":""#.utf8) + [0xFF, 0xC3] + Array("\"}}]}\n\n".utf8)
        halves.insert(bad, at: 0)
        try await stream(.chunked(bytes: halves)) { stream, _ async throws in
            let (_, reply) = try await pieces(of: stream)
            #expect(reply.text == "\u{FFFD}\u{FFFD}汉字 🧶")
        }
    }

    @Test("puts the pieces of several tool calls together")
    func toolCalls() async throws {
        func call(_ index: Int?, _ members: JSONObject) -> String {
            var members = members
            if let index { members["index"] = JSONValue(index) }
            return chunk(["tool_calls": [.object(members)]])
        }
        let events = [
            call(0, ["id": "a", "type": "function", "function": ["name": "add", "arguments": ""]]),
            call(0, ["function": ["arguments": #"{"x""#]]),
            call(1, ["id": "b", "function": ["name": "now", "arguments": "{}"]]),
            call(0, ["id": "", "function": ["name": .null, "arguments": ":1}"]]),
            // Without a number: a new name is a new call, no name is more of the last.
            call(nil, ["id": "c", "function": ["name": "log", "arguments": "{\"y\""]]),
            call(nil, ["function": ["arguments": ":2}"]]),
            chunk([:], finish: "tool_calls"), "data: [DONE]\n\n",
        ]
        try await stream(.chunked(events)) { stream, _ async throws in
            let (_, reply) = try await pieces(of: stream)
            #expect(
                reply.toolCalls == [
                    ChatToolCall(id: "a", name: "add", arguments: #"{"x":1}"#),
                    ChatToolCall(id: "b", name: "now", arguments: "{}"),
                    ChatToolCall(id: "c", name: "log", arguments: #"{"y":2}"#),
                ]
            )
            #expect(reply.finishReason == .toolCalls)
        }
    }

    @Test("tells calls apart that a server numbers all alike")
    func sameNumbers() async throws {
        func call(_ id: String, _ name: String) -> JSONValue {
            ["index": 0, "id": .string(id), "function": ["name": .string(name), "arguments": "{}"]]
        }
        try await stream(
            .chunked([chunk(["tool_calls": [call("a", "x"), call("b", "y")]]), chunk([:], finish: "stop")])
        ) {
            stream,
            _ async throws in
            let (_, reply) = try await pieces(of: stream)
            #expect(reply.toolCalls.map(\.name) == ["x", "y"])
            #expect(reply.toolCalls.map(\.arguments) == ["{}", "{}"])
        }
    }

    @Test("keeps what the model thinks apart from what it answers")
    func reasoning() async throws {
        let events = [chunk(["reasoning_content": "Hm"]), chunk(["reasoning": "m."])] + Self.hello
        try await stream(.chunked(events)) { stream, _ async throws in
            let (deltas, reply) = try await pieces(of: stream)
            #expect(reply.reasoning == "Hmm.")
            #expect(reply.text == "Hello")
            #expect(deltas.first == .reasoning("Hm"))
        }
    }

    @Test("is a whole reply where the server does not stream")
    func notStreaming() async throws {
        try await stream(.whole(completion(["content": "Hello"]))) { stream, _ async throws in
            let (deltas, reply) = try await pieces(of: stream)
            #expect(deltas == [.text("Hello")])
            #expect(reply.usage.source == .measured)
        }
    }

    static let breaks: [(name: String, response: ScriptedResponse, kind: ChatModelError.Kind)] = [
        (
            "closed in a chunk",
            [.text(ScriptedResponse.chunkedHead() + "ff\r\n" + chunk(["content": "Hel"])), .close], .unreachable
        ),
        (
            "reset",
            [
                .text(ScriptedResponse.chunkedHead()),
                .bytes(ScriptedResponse.chunk(Array(chunk(["content": "Hel"]).utf8))), .reset,
            ], .unreachable
        ),
        ("ended politely but early", .chunked([chunk(["content": "Hel"])]), .unreachable),
        ("nothing at all", .chunked([]), .unreachable),
        ("half an object", .chunked(["data: {\"choices\":[\n\n"]), .malformedReply),
        ("prose", .chunked(["data: sure, here you go\n\n"]), .malformedReply),
        (
            "an error in the middle",
            .chunked([
                chunk(["content": "Hel"]),
                #"data: {"error":{"message":"CUDA out of memory","type":"server_error"}}"# + "\n\n",
            ]), .overloaded
        ),
        (
            "LM Studio's event", .chunked(["event: error\ndata: {\"error\":{\"message\":\"Model unloaded\"}}\n\n"]),
            .rejected
        ),
        (
            "context in the middle",
            .chunked([#"data: {"error":{"message":"Context size has been exceeded."}}"# + "\n\n"]), .promptTooLong
        ),
        (
            "too large an event",
            [
                .text(ScriptedResponse.head("200 OK", [("Content-Type", "text/event-stream")]) + "data: "),
                .repeated(String(repeating: "x", count: 1 << 20), times: 64), .close,
            ], .malformedReply
        ),
    ]

    @Test("says how it broke off", arguments: breaks.indices)
    func broken(index: Int) async throws {
        let (name, response, kind) = Self.breaks[index]
        try await stream(response) { stream, server async throws in
            let error = await #expect(throws: ChatModelError.self) { _ = try await pieces(of: stream) }
            #expect(error?.kind == kind, "\(name): \(String(describing: error))")
            // What was handed out cannot be taken back, so the call is not repeated.
            #expect(try server.requests().count == 1)
        }
    }

    @Test("ends the call when nobody reads on, and makes room for the next")
    func abandoned() async throws {
        let first = ScriptedResponse.chunk(Array(chunk(["content": "Hel"]).utf8))
        let endless: ScriptedResponse = [.text(ScriptedResponse.chunkedHead()), .bytes(first), .hang]
        try await withScriptedServer([ScriptedServer.chat: [endless]]) { server async throws in
            let model = try server.openAI(quickPolicy(concurrency: 1))
            for _ in 0..<3 {
                for try await delta in try await model.stream(question) {
                    #expect(delta == .text("Hel"))
                    break
                }
                try await server.waitUntilClientLeft()
            }
        }
    }

    @Test("ends at once when its task is cancelled in the middle")
    func cancelled() async throws {
        let first = ScriptedResponse.chunk(Array(chunk(["content": "Hel"]).utf8))
        try await withScriptedServer([
            ScriptedServer.chat: [[.text(ScriptedResponse.chunkedHead()), .bytes(first), .hang]]
        ]) { server async throws in
            let model = try server.openAI()
            let (started, signal) = AsyncStream.makeStream(of: Void.self)
            let task = Task {
                for try await _ in try await model.stream(question) { signal.yield() }
            }
            for await _ in started { break }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            try await server.waitUntilClientLeft()
        }
    }
}
