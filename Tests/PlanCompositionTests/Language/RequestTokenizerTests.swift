import TestSupport
import Testing

@testable import PlanComposition

@Suite("The tokens of a request")
struct RequestTokenizerTests {
    @Test(
        "recognise values that stand for themselves",
        arguments: [
            ("https://example.org/a?b=c", Literal.url), ("www.example.com", .url), ("bob@example.org", .emailAddress),
            ("./data/a", .path), ("/etc/hosts", .path), ("sales.csv", .path), ("2026-01-31", .date),
            ("2026-01-31T10:00:00Z", .date), ("+1234567890", .phoneNumber), ("123-456-7890", .phoneNumber),
            ("12", .number(12, .none)), ("-3.5", .number(-3.5, .none)), ("1,000", .number(1000, .none)),
            ("20%", .number(20, .percent)), ("$99.90", .number(99.9, .money)), ("CA1234", .code), ("#general", .code),
        ]
    )
    func literals(text: String, literal: Literal) { #expect(LiteralReader.read(text) == literal) }

    @Test(
        "leave ordinary words alone",
        arguments: ["mp3", "e.g", "data", "a", "1,00", "don't", "@", "http", "x/y", "-"]
    )
    func ordinary(text: String) { #expect(LiteralReader.read(text) == nil) }

    @Test("keep quotes together, with apostrophes in and around them")
    func quotes() {
        let tokens = RequestTokenizer.tokens(of: "Don't say 'I don't know', say \"It's fine\" or “maybe”.")
        #expect(tokens.filter { $0.literal == .quoted }.map(\.text) == ["I don't know", "It's fine", "maybe"])
        #expect(tokens.map(\.text).first == "don")
    }

    @Test("count sentences and know names")
    func sentences() {
        let tokens = RequestTokenizer.tokens(of: "Fly to New York. Then call Ann; wait\nStop")
        #expect(tokens.filter(\.isProperName).map(\.text) == ["new", "york", "ann"])
        #expect(tokens.map(\.sentence).max() == 3)
        #expect(tokens.last?.text == "stop")
    }

    @Test("mark owners")
    func possessives() {
        let tokens = RequestTokenizer.tokens(of: "the invoice's number, the users' names, the dog’s bone")
        #expect(tokens.filter(\.isPossessive).map(\.text) == ["invoice", "dog"])
    }

    @Test("lie in order inside the text, whatever the bytes", arguments: 0..<60)
    func hostileText(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let alphabet = Array("'\"`“”‘’«»[](){}.,;:!?$%@#/~+-_ \n\r\t\0aZ09é日本👩‍👩‍👧\u{202E}\u{301}")
        let text = String((0..<200).map { _ in alphabet.randomElement(using: &generator) ?? " " })
        var end = 0
        for token in RequestTokenizer.tokens(of: text) {
            #expect(token.range.lowerBound >= end && token.range.upperBound <= text.utf8.count)
            #expect(!token.range.isEmpty)
            end = token.range.upperBound
        }
    }

    @Test("are read in bounded time when quotes never close")
    func openQuotes() {
        let text = String(repeating: " 'a", count: 50_000)
        #expect(RequestTokenizer.tokens(of: text).count == 50_000)
    }
}
