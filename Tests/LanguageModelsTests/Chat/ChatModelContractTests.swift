import JSONSchema
import TestSupport
import Testing

@testable import LanguageModels

/// What every model has to do, whoever answers.
@Suite("Every chat model", .enabled(if: ScriptedServer.isAvailable, ScriptedServer.absence))
struct ChatModelContractTests {
    enum Subject: String, CaseIterable, Sendable {
        case scripted, recording, replaying, openAI, anthropic
    }

    private static let call = ChatToolCall(id: "call_1", name: "add", arguments: #"{"a":1,"b":[2]}"#)

    private static let request = ChatRequest(
        messages: [.user("Say hello")],
        parameters: ChatParameters(maximumTokens: 9)
    )
    private static let toolRequest = ChatRequest(
        messages: [.user("Add")],
        tools: [ChatTool(name: "add", description: "Adds.", parameters: ["type": "object"])]
    )

    /// Runs a body with a model that answers "Hello, 世界" to one request and a tool call to the other.
    private func withModel(_ subject: Subject, _ body: @Sendable @escaping (any ChatModel) async throws -> Void)
        async throws
    {
        let scripted = ScriptedChatModel(name: "qwen") { request in
            request.tools.isEmpty ? .text("Hello, 世界") : .toolCalls([Self.call])
        }
        switch subject {
        case .scripted: try await body(scripted)
        case .recording:
            try await withTemporaryFolder { folder in try await body(RecordingChatModel(scripted, folder: folder)) }
        case .replaying:
            try await withTemporaryFolder { folder in
                let recorder = RecordingChatModel(scripted, folder: folder)
                _ = try await recorder.reply(to: Self.request)
                _ = try await recorder.reply(to: Self.toolRequest)
                try await body(ReplayingChatModel(name: "qwen", folder: folder))
            }
        case .openAI:
            try await withScriptedServer([ScriptedServer.chat: [Self.openAIAnswers]], answeringBy: Self.openAIRules) {
                server in try await body(server.openAI())
            }
        case .anthropic:
            try await withScriptedServer([:], answeringBy: Self.anthropicRules) { server in
                try await body(server.anthropic())
            }
        }
    }

    private static let openAIAnswers = ScriptedResponse.whole(completion(["content": "Hello, 世界"]))

    /// Which answer is due is told by what the request holds.
    private static let openAIRules: [ScriptedRule] = [
        ScriptedRule(
            ["\"stream\":true", "\"tools\""],
            .chunked([
                chunk(["role": "assistant", "content": .null]),
                chunk([
                    "tool_calls": [
                        [
                            "index": 0, "id": "call_1", "type": "function",
                            "function": ["name": "add", "arguments": ""],
                        ]
                    ]
                ]),
                chunk(["tool_calls": [["index": 0, "function": ["arguments": #"{"a":1,"#]]]]),
                chunk(["tool_calls": [["index": 0, "function": ["arguments": #""b":[2]}"#]]]]),
                chunk([:], finish: "tool_calls"), "data: [DONE]\n\n",
            ])
        ),
        ScriptedRule(
            ["\"tools\""],
            .whole(completion(["content": .null, "tool_calls": [call.json]], finish: "tool_calls"))
        ),
        ScriptedRule(
            ["\"stream\":true"],
            .chunked([
                chunk(["role": "assistant", "content": ""]), chunk(["content": "Hello,"]), chunk(["content": " 世界"]),
                chunk([:], finish: "stop"), "data: [DONE]\n\n",
            ])
        ),
        ScriptedRule([], openAIAnswers),
    ]

    private static let toolUse: JSONValue = [
        "type": "tool_use", "id": "call_1", "name": "add", "input": ["a": 1, "b": [2]],
    ]
    private static let anthropicUsage: JSONValue = ["input_tokens": 11, "output_tokens": 3]

    private static func message(_ block: JSONValue, _ reason: JSONValue) -> String {
        let answer: JSONValue = [
            "id": "msg_1", "type": "message", "role": "assistant", "model": "claude-x", "content": [block],
            "stop_reason": reason, "usage": anthropicUsage,
        ]
        return answer.serialized()
    }

    private static func stream(_ block: JSONValue, _ deltas: [JSONValue], _ reason: JSONValue) -> [String] {
        [
            messageEvent(["type": "message_start", "message": ["usage": ["input_tokens": 11, "output_tokens": 1]]]),
            messageEvent(["type": "content_block_start", "index": 0, "content_block": block]),
            messageEvent(["type": "ping"]),
        ]
            + deltas.map { messageEvent(["type": "content_block_delta", "index": 0, "delta": $0]) } + [
                messageEvent(["type": "content_block_stop", "index": 0]),
                messageEvent([
                    "type": "message_delta", "delta": ["stop_reason": reason], "usage": ["output_tokens": 3],
                ]),
                messageEvent(["type": "message_stop"]),
            ]
    }

    private static let anthropicRules: [ScriptedRule] = [
        ScriptedRule(
            ["\"stream\":true", "\"tools\""],
            .chunked(
                stream(
                    ["type": "tool_use", "id": "call_1", "name": "add", "input": [:]],
                    [
                        ["type": "input_json_delta", "partial_json": ""],
                        ["type": "input_json_delta", "partial_json": #"{"a":1,"#],
                        ["type": "input_json_delta", "partial_json": #""b":[2]}"#],
                    ],
                    "tool_use"
                )
            )
        ),
        ScriptedRule(["\"tools\""], .whole(message(toolUse, "tool_use"))),
        ScriptedRule(
            ["\"stream\":true"],
            .chunked(
                stream(
                    ["type": "text", "text": ""],
                    [["type": "text_delta", "text": "Hello,"], ["type": "text_delta", "text": " 世界"]],
                    "end_turn"
                )
            )
        ),
        ScriptedRule([], .whole(message(["type": "text", "text": "Hello, 世界"], "end_turn"))),
    ]

    @Test("answers a conversation, and says why it stopped and what that cost", arguments: Subject.allCases)
    func replies(subject: Subject) async throws {
        try await withModel(subject) { model in
            #expect(!model.name.isEmpty)
            let reply = try await model.reply(to: Self.request)
            #expect(reply.text == "Hello, 世界")
            #expect(reply.toolCalls.isEmpty)
            #expect(reply.finishReason == .stop)
            #expect(reply.usage.prompt > 0 && reply.usage.completion > 0)
        }
    }

    @Test("asks for tools, with arguments that are JSON", arguments: Subject.allCases)
    func tools(subject: Subject) async throws {
        try await withModel(subject) { model in
            let reply = try await model.reply(to: Self.toolRequest)
            #expect(reply.finishReason == .toolCalls)
            #expect(reply.toolCalls.map(\.name) == ["add"])
            #expect(reply.toolCalls.map(\.id) == ["call_1"])
            let arguments = try reply.toolCalls.first?.parsedArguments()
            #expect(arguments == ["a": 1, "b": [2]])
        }
    }

    @Test("streams pieces that make up the reply it ends with", arguments: Subject.allCases, [false, true])
    func streams(subject: Subject, usesTools: Bool) async throws {
        try await withModel(subject) { model in
            let request = usesTools ? Self.toolRequest : Self.request
            let whole = try await model.reply(to: request)
            let (deltas, reply) = try await pieces(of: model.stream(request))
            #expect(reply.text == whole.text)
            #expect(reply.finishReason == whole.finishReason)
            let asked = try reply.toolCalls.map { try $0.parsedArguments() }
            let expected = try whole.toolCalls.map { try $0.parsedArguments() }
            #expect(asked == expected)

            var text = ""
            var calls: [ChatToolCall] = []
            for delta in deltas {
                switch delta {
                case .text(let piece): text += piece
                case .reasoning: break
                case .toolCall(let index, let id, let name):
                    #expect(index == calls.count)
                    calls.append(ChatToolCall(id: id, name: name, arguments: ""))
                case .toolArguments(let index, let piece): calls[index].arguments += piece
                case .finished: Issue.record("there are two ends")
                }
            }
            #expect(text == reply.text)
            #expect(calls == reply.toolCalls)
        }
    }

    @Test("remembers nothing between calls, and answers several at once", arguments: Subject.allCases)
    func concurrency(subject: Subject) async throws {
        try await withModel(subject) { model in
            let texts = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<8 { group.addTask { try await model.reply(to: Self.request).text } }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(texts == ["Hello, 世界"])
        }
    }

    @Test("does not answer a task that was cancelled", arguments: Subject.allCases)
    func cancelled(subject: Subject) async throws {
        try await withModel(subject) { model in
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await model.reply(to: Self.request)
            }
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }
}
