import Testing

@testable import PlanComposition

@Suite("The word it")
struct EmptyPronounTests {
    private func isEmpty(_ text: String) -> Bool? {
        let words = RequestTokenizer.tokens(of: text)
        return words.firstIndex { $0.text == "it" }.map { EmptyPronoun.isEmpty(at: $0, in: words) }
    }

    @Test(
        "points to nothing where it is the hour or the weather",
        arguments: [
            "what time is it in Tokyo", "tell me what time it is", "how late is it", "is it raining",
            "how cold is it in Oslo",
            "will it be sunny tomorrow", "is it already Monday in Auckland", "what day is it today", "it is important",
            "does it rain", "what time is it and who is there",
        ]
    )
    func empty(_ text: String) { #expect(isEmpty(text) == true) }

    @Test(
        "points to something where it has been spoken of",
        arguments: [
            "translate it into French", "what does it say", "is it valid", "what time does it start",
            "show it as a tree",
            "what time is it due", "how large is it", "does it compile",
        ]
    )
    func pointing(_ text: String) { #expect(isEmpty(text) == false) }
}
