import JSONSchema
import TestSupport
import Testing

@testable import LanguageModels

@Suite("A model behind Anthropic's Messages", .enabled(if: ScriptedServer.isAvailable, ScriptedServer.absence))
struct AnthropicChatModelTests {
    private static func answer(_ content: JSONValue, _ reason: JSONValue = "end_turn") -> ScriptedResponse {
        let usage: JSONValue = [
            "input_tokens": 10, "cache_creation_input_tokens": 5, "cache_read_input_tokens": 100, "output_tokens": 7,
        ]
        let body: JSONValue = ["type": "message", "content": content, "stop_reason": reason, "usage": usage]
        return .whole(body.serialized())
    }

    @Test("writes a conversation in turns of two speakers")
    func request() async throws {
        try await withScriptedServer([ScriptedServer.messages: [Self.answer([["type": "text", "text": "ok"]])]]) {
            server async throws in
            let calls = [
                ChatToolCall(id: "t1", name: "now", arguments: ""),
                ChatToolCall(id: "t2", name: "add", arguments: #"{"a":1}"#),
            ]
            let request = ChatRequest(
                messages: [
                    .system("Be brief."), .user("a"), .user("b"), .assistant(" ", toolCalls: calls),
                    .toolResult("noon", of: "t1"), .toolResult("2", of: "t2"), .system("Be kind."),
                ],
                parameters: ChatParameters(temperature: 1.7, stopSequences: ["END"]),
                tools: [ChatTool(name: "now", description: "Tells the time.", parameters: ["type": "object"])],
                toolChoice: .required
            )
            _ = try await server.anthropic().reply(to: request)
            let sent = try server.requests()[0]
            #expect(sent.header("x-api-key") == "sk-ant-123")
            #expect(sent.header("anthropic-version") == "2023-06-01")
            #expect(
                sent.body == """
                    {"model":"claude-x","max_tokens":4096,"system":"Be brief.\\n\\nBe kind.","messages":[\
                    {"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]},\
                    {"role":"assistant","content":[{"type":"tool_use","id":"t1","name":"now","input":{}},\
                    {"type":"tool_use","id":"t2","name":"add","input":{"a":1}}]},\
                    {"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":"noon"},\
                    {"type":"tool_result","tool_use_id":"t2","content":"2"}]}],"temperature":1.0,\
                    "stop_sequences":["END"],"tools":[{"name":"now","description":"Tells the time.",\
                    "input_schema":{"type":"object"}}],"tool_choice":{"type":"any"}}
                    """
            )
        }
    }

    @Test("counts the cache as part of the prompt, and keeps thinking apart")
    func reply() async throws {
        let content: JSONValue = [
            ["type": "thinking", "thinking": "Hm.", "signature": "x"], ["type": "text", "text": "Hel"],
            ["type": "text", "text": "lo"], ["type": "server_tool_use", "id": "x"],
        ]
        try await withScriptedServer([ScriptedServer.messages: [Self.answer(content, "max_tokens")]]) {
            server async throws in
            let reply = try await server.anthropic().reply(to: question)
            #expect(reply.text == "Hello")
            #expect(reply.reasoning == "Hm.")
            #expect(reply.finishReason == .length)
            #expect(reply.usage == TokenUsage(prompt: 115, completion: 7, source: .measured))
        }
    }

    private static func refusal(_ message: String) -> ScriptedResponse {
        let body: JSONValue = [
            "type": "error", "error": ["type": "invalid_request_error", "message": .string(message)],
        ]
        return .whole(body.serialized(), status: "400 Bad Request")
    }

    @Test("asks with one measure of randomness, and with none where the model takes none; it is refused once")
    func temperature() async throws {
        let rules = [
            ScriptedRule(
                ["temperature", "top_p"],
                Self.refusal("`temperature` and `top_p` cannot both be specified for this model. Please use only one.")
            ),
            ScriptedRule(["temperature"], Self.refusal("`temperature` is deprecated for this model.")),
            ScriptedRule([], Self.answer([["type": "text", "text": "Hello"]])),
        ]
        try await withScriptedServer([:], answeringBy: rules) { server async throws in
            let request = ChatRequest(
                messages: [.user("x")],
                parameters: ChatParameters(temperature: 0.1, topP: 0.9)
            )
            let model = try server.anthropic()
            for _ in 0..<2 { #expect(try await model.reply(to: request).text == "Hello") }
            let sent = try server.requests().map(\.body)
            #expect(sent.map { $0.contains("temperature") } == [true, false, false])
            #expect(sent.allSatisfy { !$0.contains("top_p") })
        }
    }

    @Test("asks in words for a form that the model may not be made to put into a tool")
    func unforced() async throws {
        let rules = [
            ScriptedRule(
                [#""type":"tool","name":"steps""#],
                Self.refusal("Thinking may not be enabled when tool_choice forces tool use.")
            ),
            ScriptedRule([], Self.answer([["type": "text", "text": "Here: {\"steps\": [\"a\"]}"]])),
        ]
        try await withScriptedServer([:], answeringBy: rules) { server async throws in
            let schema: JSONValue = ["type": "object", "properties": ["steps": ["type": "array"]]]
            let request = ChatRequest(
                messages: [.user("Split")],
                responseFormat: .schema(ChatSchema(name: "steps", schema: schema))
            )
            let reply = try await server.anthropic().reply(to: request)
            #expect(reply.text == #"{"steps": ["a"]}"#)
            let last = try #require(try server.requests().last).json()
            #expect(last["tool_choice"]?["type"] == "auto")
            #expect(last["system"]?.stringValue?.contains("fits this JSON Schema") == true)
        }
    }

    @Test("gives a reply of a form as the arguments of a tool, whole and streamed")
    func structure() async throws {
        let schema: JSONValue = ["type": "object", "properties": ["steps": ["type": "array"]]]
        let use: JSONValue = [["type": "tool_use", "id": "t", "name": "steps", "input": ["steps": ["a"]]]]
        let events: [JSONValue] = [
            ["type": "message_start", "message": ["usage": ["input_tokens": 3]]],
            [
                "type": "content_block_start", "index": 0,
                "content_block": ["type": "tool_use", "id": "t", "name": "steps"],
            ],
            [
                "type": "content_block_delta", "index": 0,
                "delta": ["type": "input_json_delta", "partial_json": #"{"steps":"#],
            ],
            [
                "type": "content_block_delta", "index": 0,
                "delta": ["type": "input_json_delta", "partial_json": #"["a"]}"#],
            ],
            ["type": "message_delta", "delta": ["stop_reason": "tool_use"], "usage": ["output_tokens": 4]],
            ["type": "message_stop"],
        ]
        let rules = [
            ScriptedRule(["\"stream\":true"], .chunked(events.map(messageEvent))),
            ScriptedRule([], Self.answer(use, "tool_use")),
        ]
        try await withScriptedServer([:], answeringBy: rules) { server async throws in
            let model = try server.anthropic()
            let request = ChatRequest(
                messages: [.user("Split")],
                responseFormat: .schema(ChatSchema(name: "steps", schema: schema))
            )
            let whole = try await model.reply(to: request)
            let (deltas, streamed) = try await pieces(of: model.stream(request))
            #expect(deltas == [.text(#"{"steps":"#), .text(#"["a"]}"#)])
            for reply in [whole, streamed] {
                #expect(reply.text == #"{"steps":["a"]}"#)
                #expect(reply.toolCalls.isEmpty)
                #expect(reply.finishReason == .stop)
            }
            let sent = try server.requests()[0].json()
            #expect(sent["tool_choice"] == ["type": "tool", "name": "steps"])
            #expect(streamed.usage == TokenUsage(prompt: 3, completion: 4, source: .measured))
        }
    }

    @Test("asks in words for a form that no tool can carry")
    func words() async throws {
        try await withScriptedServer([
            ScriptedServer.messages: [Self.answer([["type": "text", "text": "Here: [1, 2]"]])]
        ]) { server async throws in
            let form = ChatSchema(name: "list", schema: ["type": "array"])
            let reply = try await server.anthropic().reply(
                to: ChatRequest(messages: [.user("List")], responseFormat: .schema(form))
            )
            #expect(reply.text == "[1, 2]")
            let sent = try server.requests()[0].json()
            #expect(sent["tools"] == nil)
            #expect(sent["system"]?.stringValue?.contains(#"{"type":"array"}"#) == true)
        }
    }

    @Test(
        "sorts what is wrong",
        arguments: [
            ("401 Unauthorized", "authentication_error", "invalid x-api-key", ChatModelError.Kind.unauthorized),
            (
                "400 Bad Request", "invalid_request_error", "prompt is too long: 210000 tokens > 200000 maximum",
                .promptTooLong
            ),
            ("413 Content Too Large", "request_too_large", "Request exceeds the maximum size", .promptTooLong),
            ("404 Not Found", "not_found_error", "model: claude-x", .rejected),
            ("429 Too Many Requests", "rate_limit_error", "slow down", .overloaded),
            ("529 Overloaded", "overloaded_error", "Overloaded", .overloaded),
        ]
    )
    func errors(status: String, type: String, message: String, kind: ChatModelError.Kind) async throws {
        let body: JSONValue = ["type": "error", "error": ["type": .string(type), "message": .string(message)]]
        try await withScriptedServer([ScriptedServer.messages: [.whole(body.serialized(), status: status)]]) {
            server async throws in
            let model = try server.anthropic()
            let error = try await chatFailure { try await model.reply(to: question) }
            #expect(error.kind == kind)
            #expect(error.detail.contains(message))
            #expect(try server.requests().count == (kind == .overloaded ? 3 : 1))
        }
    }

    @Test("says how a stream broke off")
    func brokenStreams() async throws {
        let overloaded = messageEvent([
            "type": "error", "error": ["type": "overloaded_error", "message": "Overloaded"],
        ])
        for (events, kind) in [
            ([overloaded], ChatModelError.Kind.overloaded), ([], .unreachable), (["data: {\n\n"], .malformedReply),
        ] {
            try await withScriptedServer([ScriptedServer.messages: [.chunked(events)]]) { server async throws in
                let stream = try await server.anthropic().stream(question)
                let error = await #expect(throws: ChatModelError.self) { _ = try await pieces(of: stream) }
                #expect(error?.kind == kind)
            }
        }
    }
}
