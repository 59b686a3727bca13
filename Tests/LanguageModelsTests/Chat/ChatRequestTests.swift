import LanguageModels
import Testing

@Suite("A request to a model")
struct ChatRequestTests {
    @Test("describes itself in one line, however long its last message is")
    func description() {
        let long = ChatRequest(messages: [.user(String(repeating: "word \n", count: 1_000))])
        #expect(!long.description.contains("\n"))
        #expect(long.description.count < 200)
        #expect(long.description.hasSuffix("…\""))
        #expect(ChatRequest(messages: []).description == "an empty conversation")
    }

    @Test(
        "reads and writes every reason a reply ended for",
        arguments: [
            ("stop", FinishReason.stop), ("length", .length), ("content_filter", .contentFilter),
            ("tool_calls", .toolCalls),
            ("tool_calls", .other("tool_calls")),
        ]
    )
    func finishReason(word: String, reason: FinishReason) {
        #expect(FinishReason(rawValue: word) == reason)
        #expect(reason.rawValue == word)
    }
}
