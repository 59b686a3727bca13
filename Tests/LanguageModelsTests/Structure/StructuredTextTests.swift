import Testing

@testable import LanguageModels

@Suite("JSON in what a model wrote")
struct StructuredTextTests {
    @Test(
        "is found",
        arguments: [
            (#"{"a":1}"#, #"{"a":1}"#), ("[1, 2]", "[1, 2]"),
            ("Sure!\n```json\n{\"a\": [1]}\n```\nDone.", "{\"a\": [1]}"),
            ("```\n[]\n```", "[]"), ("<think>{\"no\":1}</think>\n{\"a\":2}", "\n{\"a\":2}"),
            (#"First {not json} then {"a":"}\"{"} and {"b":2}"#, #"{"a":"}\"{"}"#), ("[see] {\"a\":1}", "{\"a\":1}"),
        ]
    )
    func found(text: String, json: String) {
        #expect(StructuredText.extract(from: text) == json)
    }

    @Test("is not made up", arguments: ["", "prose", "{", "[1, 2", "\"text\"", "7", "{'a':1}", "{\"a\":1", "]}"])
    func absent(text: String) {
        #expect(StructuredText.extract(from: text) == nil)
    }

    @Test("is looked for in bounded time")
    func bounded() {
        #expect(StructuredText.extract(from: String(repeating: "[", count: 200_000)) == nil)
        #expect(StructuredText.extract(from: String(repeating: "{\"a\":", count: 50_000)) == nil)
    }

    @Test("stands alone in the reply where it was asked for")
    func tidied() {
        let reply = ChatReply(text: "Sure: {\"a\":1}", usage: .none)
        #expect(StructuredText.tidied(reply, .json).text == "{\"a\":1}")
        #expect(StructuredText.tidied(reply, .text).text == reply.text)
        #expect(StructuredText.tidied(ChatReply(text: "no", usage: .none), .json).text == "no")
    }
}
