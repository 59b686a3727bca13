import LanguageModels
import Testing

@Suite("An error of a model")
struct ChatModelErrorTests {
    @Test(
        "says what the caller can do next",
        arguments: [
            (ChatModelError.Kind.unreachable, ChatModelError.Remedy.retry),
            (.timedOut, .retry),
            (.overloaded, .retry),
            (.unauthorized, .fixRequest),
            (.promptTooLong, .fixRequest),
            (.rejected, .fixRequest),
            (.malformedReply, .giveUp),
            (.scriptExhausted, .giveUp),
            (.suspended, .retry),
            (.recordingUnusable, .giveUp),
        ]
    )
    func remedy(kind: ChatModelError.Kind, remedy: ChatModelError.Remedy) {
        #expect(ChatModelError(kind, model: "m", detail: "").remedy == remedy)
    }

    @Test("names the model and the detail", arguments: ChatModelError.Kind.allCases)
    func description(kind: ChatModelError.Kind) {
        let text = ChatModelError(kind, model: "qwen", detail: "status 503").description
        #expect(text.hasPrefix("the model qwen "))
        #expect(text.hasSuffix(": status 503"))
    }
}
