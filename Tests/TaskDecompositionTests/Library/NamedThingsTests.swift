import Testing

@testable import TaskDecomposition

@Suite("What a text calls by name")
struct NamedThingsTests {
    @Test(
        "names are found, with what they are the name of",
        arguments: [
            ("give me the movies directed by Sofia Coppola", "Sofia Coppola", nil),
            ("Who directed the movie \"Twilight\"?", "\"Twilight\"", "movie"),
            ("images of the collection Star Wars", "Star Wars", "collection"),
            ("Who is the director of Leonardo DiCaprio's latest movie?", "Leonardo DiCaprio", nil),
            ("reviews of the movie Lord of the Rings", "Lord of the Rings", "movie"),
            ("orders of anna@example.com", "anna@example.com", nil),
        ] as [(String, String, String?)]
    )
    func found(text: String, name: String, kind: String?) throws {
        let first = try #require(NamedThings(in: text).names.first)
        #expect(first == NamedThings.Name(text: name, kind: kind))
    }

    @Test(
        "sentence starts, abbreviations, weekdays and plain nouns are no names",
        arguments: [
            "Show the reviews", "a TV show that is on the air", "the meeting on Friday", "What is it? Who knows", "",
            "I",
            "convert the PDF to CSV", "translate it into German", "Get The Keywords Of The Movie",
            "Zeige mir bitte die Bewertungen des Films und die Schauspieler",
        ]
    )
    func none(text: String) { #expect(NamedThings(in: text).names.isEmpty, "\(NamedThings(in: text).names)") }

    @Test("brackets within brackets are read no deeper than a remark is long")
    func deepBrackets() {
        let text =
            "keywords of the movie Titanic " + String(repeating: "(", count: 40_000)
            + String(repeating: ")", count: 40_000)
        #expect(NamedThings(in: text).names.map(\.text) == ["Titanic"])
    }

    @Test(
        "an identifier is seen",
        arguments: [
            ("cancel order AB-1234", true), ("the post with the ID \"rOBhSVK\"", true), ("ticket #12", true),
            ("customer 4711234", true), ("the top 5 reviews", false), ("movies of 2021", false), ("season 3", false),
        ]
    )
    func identifiers(text: String, isOne: Bool) { #expect(NamedThings(in: text).hasIdentifier == isOne) }
}
