import Testing

@testable import TaskDecomposition

@Suite("Noun phrases")
struct NounPhraseTests {
    @Test(
        "ends where the noun does",
        arguments: [
            ("the gathering reminder for tonight", "the gathering reminder"),
            ("the ticket departing from Rome", "the ticket"),
            ("the meeting originally planned", "the meeting"), ("a list of customers by name", "a list of customers"),
            ("a train from Rome to Pisa at noon", "a train from Rome to Pisa"), ("up the address", "the address"),
            ("me the news of today", "the news of today"), ("a document that includes it", "a document"),
            ("my alarm from 7:00 on", "my alarm"), ("the final price after tax", "the final price"),
        ]
    )
    func found(words: String, phrase: String) throws {
        let request = FineSplit.tokens(of: words)
        let found = try #require(NounPhrase(in: request.tokens[...]))
        let span = try #require(request.span(of: found.range))
        #expect(request.text(of: span) == phrase)
    }

    @Test(
        "is not made of anything else",
        arguments: [
            "to Paris", "it", "for me", "", "and so on", "my machine's",
            "the very big old red wooden round kitchen table top",
        ]
    )
    func none(words: String) {
        #expect(NounPhrase(in: FineSplit.tokens(of: words).tokens[...]) == nil)
    }

    @Test(
        "a plural is seen",
        arguments: [("the reviews of it", true), ("the review of books", false), ("data", false)]
    )
    func plural(words: String, isPlural: Bool) throws {
        let request = FineSplit.tokens(of: words)
        #expect(try #require(NounPhrase(in: request.tokens[...])).isPlural == isPlural)
    }
}
