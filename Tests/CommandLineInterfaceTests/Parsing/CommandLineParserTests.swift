import CommandLineInterface
import Testing

@Suite("Command lines")
struct CommandLineParserTests {
    /// What `find` prints when only its text is given.
    struct Found: Sendable {
        var text = "jam"
        var top = "10"
        var form = "table"
        var tags = "[]"
        var offset = "-"
        var explain = false
        var rank = true
        var weight = "0.6"
        var home = "-"
        var json = false

        var output: String {
            """
            text=\(text) top=\(top)
            form=\(form) tags=\(tags) offset=\(offset)
            explain=\(explain) rank=\(rank) weight=\(weight)
            home=\(home) json=\(json)

            """
        }
    }

    struct Reading: Sendable, CustomTestStringConvertible {
        let words: String
        let expected: Found
        var testDescription: String { words }

        init(_ words: String, _ expected: Found) {
            self.words = words
            self.expected = expected
        }
    }

    static let readings: [Reading] = [
        .init("find jam", Found()),
        .init("find jam --top 5", Found(top: "5!")),
        .init("find --top=5 jam", Found(top: "5!")),
        .init("find jam -k 5", Found(top: "5!")),
        .init("find jam -k5", Found(top: "5!")),
        .init("find jam -k=5", Found(top: "5!")),
        .init("find jam --top 10", Found(top: "10!")),
        .init("find --top 3 jam --top 4", Found(top: "4!")),
        .init("find jam --form mermaid", Found(form: "mermaid")),
        .init("find -t a jam --tag=b -tc", Found(tags: #"["a", "b", "c"]"#)),
        .init("find jam --offset -3", Found(offset: "-3")),
        .init("find jam --offset=-3", Found(offset: "-3")),
        .init("find jam -e --no-rank", Found(explain: true, rank: false)),
        .init("find jam --no-rank --rank", Found()),
        .init("find jam --weight 1e-1", Found(weight: "0.1")),
        .init("find jam -evt x", Found(tags: #"["x"]"#, explain: true)),
        .init("--home H --json find jam", Found(home: "H", json: true)),
        .init("find --home H jam --json", Found(home: "H", json: true)),
        .init("--home=A find jam --home=B", Found(home: "B")),
        .init("--color never -q find jam", Found()),
        .init("find -- --top", Found(text: "--top")),
        .init("find --top 5 -- -k", Found(text: "-k", top: "5!")),
        .init("find -5", Found(text: "-5")),
        .init("find -", Found(text: "-")),
        .init("find ---", Found(text: "---")),
        .init("find --tag= jam", Found(tags: #"[""]"#)),
        .init("find jam --tag a=b --home=c=d", Found(tags: #"["a=b"]"#, home: "c=d")),
    ]

    @Test("are read whatever the order and spelling of options", arguments: readings)
    func values(reading: Reading) async {
        let outcome = await Outcome.of(reading.words.split(separator: " ").map(String.init))
        #expect(outcome == Outcome(code: .done, output: reading.expected.output, talk: ""))
    }

    @Test(
        "take text that begins with a hyphen as text where it cannot be an option",
        arguments: [
            "- bread\n- butter", "-bread and butter", "-- bread", "--- title", "-5 degrees", "--bread and butter",
        ]
    )
    func textWithHyphens(text: String) async {
        #expect(await Outcome.of(["find", text]).output.hasPrefix("text=\(text) top=10\n"))
    }

    static let calls: [(words: String, outcome: Outcome)] = [
        ("store a b c --into top", Outcome(code: .done, output: "[\"a\", \"b\", \"c\"] into top\n", talk: "")),
        ("store a --into top b", Outcome(code: .done, output: "[\"a\", \"b\"] into top\n", talk: "")),
        ("shelf show", Outcome(code: .done, output: "top\n", talk: "")),
        ("shelf show low", Outcome(code: .done, output: "low\n", talk: "")),
        ("shelf list --json", Outcome(code: .nothingFits, output: "{\"shelves\":[\"top\"]}\n", talk: "")),
        ("watch", Outcome(code: .done, output: "watching follow=false\n", talk: "")),
        ("watch --follow", Outcome(code: .done, output: "watching follow=true\n", talk: "")),
        ("watch stop", Outcome(code: .done, output: "stopped\n", talk: "")),
        ("bench oven heat", Outcome(code: .done, output: "seed=7\n", talk: "")),
        ("bench --seed 1 oven heat", Outcome(code: .done, output: "seed=1\n", talk: "")),
        ("bench oven heat --seed 2", Outcome(code: .done, output: "seed=2\n", talk: "")),
        ("--version", Outcome(code: .done, output: "pantry 1.2.3\n", talk: "")),
        ("find -V", Outcome(code: .done, output: "pantry 1.2.3\n", talk: "")),
    ]

    @Test("reach the command they name", arguments: calls)
    func commands(words: String, outcome: Outcome) async {
        #expect(await Outcome.of((words + " -q").split(separator: " ").map(String.init)) == outcome)
    }
}
