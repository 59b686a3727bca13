import JSONSchema
import LanguageModels
import Testing

@Suite("A stream of a reply")
struct ChatStreamTests {
    private static let call = ChatToolCall(id: "c1", name: "add", arguments: #"{"a":1}"#)

    @Test(
        "holds the pieces of a reply, and the reply at its end",
        arguments: [
            ("said", [ChatDelta.text("said")]),
            ("", []),
        ]
    )
    func pieces(text: String, expected: [ChatDelta]) async throws {
        let model = ScriptedChatModel(replies: [.text(text)])
        var deltas: [ChatDelta] = []
        for try await delta in try await model.stream(ChatRequest(messages: [.user("Say")])) { deltas.append(delta) }
        guard case .finished(let reply)? = deltas.popLast() else {
            Issue.record("the last piece is not the reply")
            return
        }
        #expect(deltas == expected)
        #expect(reply.text == text)
    }

    @Test("gives tool calls and reasoning as pieces too")
    func toolCalls() async throws {
        let reply = ChatReply(
            text: "",
            usage: .none,
            finishReason: .toolCalls,
            toolCalls: [Self.call, ChatToolCall(id: "c2", name: "now", arguments: "")],
            reasoning: "hm"
        )
        var deltas: [ChatDelta] = []
        for try await delta in ChatStream(of: reply) { deltas.append(delta) }
        #expect(
            deltas == [
                .reasoning("hm"), .toolCall(index: 0, id: "c1", name: "add"), .toolArguments(index: 0, #"{"a":1}"#),
                .toolCall(index: 1, id: "c2", name: "now"), .finished(reply),
            ]
        )
        #expect(reply.message.toolCalls.count == 2)
    }

    @Test("that ends without a reply is a fault that names the model")
    func unfinished() async {
        let error = await #expect(throws: ChatModelError.self) {
            try await ChatStream { nil }.reply(of: "broken")
        }
        #expect(error?.kind == .malformedReply)
        #expect(error?.model == "broken")
    }

    @Test("reads the arguments of a tool call, where they are JSON")
    func arguments() throws {
        #expect(try Self.call.parsedArguments() == ["a": 1])
        #expect(try ChatToolCall(id: "c", name: "now", arguments: " \n").parsedArguments() == [:])
        #expect(throws: (any Error).self) {
            try ChatToolCall(id: "c", name: "now", arguments: "{\"a\":").parsedArguments()
        }
    }
}
