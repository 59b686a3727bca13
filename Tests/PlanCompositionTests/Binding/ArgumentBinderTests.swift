import JSONSchema
import SkillCatalog
import Testing

@testable import PlanComposition

@Suite("The binding of arguments")
struct ArgumentBinderTests {
    struct Case: CustomTestStringConvertible {
        var words: String
        var parameters: JSONObject
        var arguments: JSONObject

        init(_ words: String, _ parameters: JSONObject, _ arguments: JSONObject) {
            self.words = words
            self.parameters = parameters
            self.arguments = arguments
        }

        var testDescription: String { words }
    }

    private func bind(_ words: String, _ tool: Tool, _ sources: [ReferenceBinding.Source] = []) -> ArgumentBinder.Bound
    {
        ArgumentBinder.bind(
            step: "s2",
            toolName: "x.t",
            tool: tool,
            words: RequestTokenizer.tokens(of: words),
            sources: sources
        )
    }

    @Test(
        "gives a value of the request to the one parameter it is meant for",
        arguments: [
            Case("Fetch https://a.org/x.csv", ["!url": ["type": "string"]], ["url": "https://a.org/x.csv"]),
            Case("Read ./data/a.csv", ["!path": ["type": "string"]], ["path": "./data/a.csv"]),
            Case(
                "Email 'Hello there' to bob@example.org",
                ["!to": ["type": "string", "format": "email"], "!message": ["type": "string"]],
                ["to": "bob@example.org", "message": "Hello there"]
            ),
            Case(
                "Calculate a 20% tip on a bill of $100",
                ["!bill_total": ["type": "number"], "!tip_percentage": ["type": "number"]],
                ["bill_total": 100, "tip_percentage": 20]
            ),
            Case(
                "Generate a password with a length of 10 characters",
                ["!length": ["type": "integer"], "include_numbers": ["type": "boolean"]],
                ["length": 10]
            ),
            Case(
                "Find the lyrics of the song with the title 'Happy' by the artist 'Pharrell'",
                ["!artist": ["type": "string"], "!title": ["type": "string"]],
                ["artist": "Pharrell", "title": "Happy"]
            ),
            Case(
                "Analyze sales from 2026-01-01 to 2026-01-31",
                ["!start_date": ["type": "string"], "!end_date": ["type": "string"]],
                ["start_date": "2026-01-01", "end_date": "2026-01-31"]
            ),
            Case(
                "Route between the locations 'Bonn', 'Kiel' and 'Ulm'",
                ["!locations": ["type": "array", "items": ["type": "string"]]],
                ["locations": ["Bonn", "Kiel", "Ulm"]]
            ),
            Case(
                "Draw a chart with kind 'Bar'",
                ["!kind": ["type": "string", "enum": ["bar", "line"]]],
                ["kind": "bar"]
            ),
            Case("Send to '+49 30 1234567' with 0.5 weight", ["!weight": ["type": "number"]], ["weight": 0.5]),
        ]
    )
    func literals(_ expected: Case) {
        let bound = bind(expected.words, Samples.tool("t", takes: expected.parameters))
        #expect(bound.arguments == expected.arguments)
    }

    private static let text: JSONValue = ["type": "string"]
    private static let number: JSONValue = ["type": "number"]

    @Test(
        "reads values in words, and writes them as the parameter wants them",
        arguments: [
            Case(
                "Translate 'Hello' from English to French",
                ["!text": text, "!source_language": text, "!target_language": text],
                ["text": "Hello", "source_language": "English", "target_language": "French"]
            ),
            Case(
                "Convert 100 US dollars to Euros",
                [
                    "!amount": number, "!from": ["type": "string", "description": "The currency to convert from"],
                    "!to": ["type": "string", "description": "The currency to convert to"],
                ],
                ["amount": 100, "from": "USD", "to": "EUR"]
            ),
            Case(
                "Analyze sales from January 1, 2022 to 31st of March 2022",
                ["!start_date": text, "!end_date": text],
                ["start_date": "2022-01-01", "end_date": "2022-03-31"]
            ),
            Case(
                "Create an event with the title 'Party' on October 15, 2024 from 10:00am to 1pm",
                [
                    "!title": text, "!start_time": ["type": "string", "description": "In format YYYY-MM-DD HH:MM"],
                    "!end_time": ["type": "string", "description": "In format YYYY-MM-DD HH:MM"],
                ],
                ["title": "Party", "start_time": "2024-10-15 10:00", "end_time": "2024-10-15 13:00"]
            ),
            Case(
                "Record audio for 5 minutes",
                ["!duration": ["type": "integer", "description": "The duration in seconds"]],
                ["duration": 300]
            ),
            Case(
                "Work out the tax on $100 with a tax rate of 7%",
                ["!amount": number, "!tax_rate": ["type": "number", "description": "The rate as a decimal"]],
                ["amount": 100, "tax_rate": 0.07]
            ),
            Case(
                "Make a password with length 10, include numbers and no special characters",
                [
                    "!length": ["type": "integer"], "include_numbers": ["type": "boolean"],
                    "include_special_characters": ["type": "boolean"],
                ],
                ["length": 10, "include_numbers": true, "include_special_characters": false]
            ),
            Case("Find hotels in New York", ["!location": text], ["location": "New York"]),
            Case(
                "Find the lyrics of 'Imagine' by John Lennon",
                ["!title": text, "!artist": text],
                ["title": "Imagine", "artist": "John Lennon"]
            ),
            Case("Compute the GCD of 12 and 18", ["!num1": number, "!num2": number], ["num1": 12, "num2": 18]),
            Case(
                "Invite 'Ann, Bob'",
                ["!people": ["type": "array", "items": ["type": "string"]]],
                ["people": ["Ann", "Bob"]]
            ),
            Case("Search the electronics category", ["!category": text], ["category": "electronics"]),
        ]
    )
    func worded(_ expected: Case) {
        let bound = bind(expected.words, Samples.tool("t", takes: expected.parameters))
        #expect(bound.arguments == expected.arguments)
    }

    @Test(
        "asks instead of guessing",
        arguments: [
            // Two values, two parameters, no word that tells them apart.
            Case("Compare 'a' and 'b'", ["!left": ["type": "string"], "!right": ["type": "string"]], [:]),
            // An address is no message.
            Case("Tell bob@example.org", ["!message": ["type": "string"]], [:]),
            Case("Fetch the page", ["!url": ["type": "string", "format": "uri"]], [:]),
        ]
    )
    func questions(_ expected: Case) {
        let bound = bind(expected.words, Samples.tool("t", takes: expected.parameters))
        #expect(bound.arguments == expected.arguments)
        #expect(bound.questions.count == expected.parameters.count)
    }

    @Test("never asks for what is optional")
    func optional() {
        let bound = bind("Go", Samples.tool("t", takes: ["depth": ["type": "integer"]]))
        #expect(bound.arguments == [:] && bound.questions.isEmpty)
    }

    @Test("has no arguments for a tool that takes nothing or declares nothing")
    func nothing() {
        #expect(bind("Go 'now'", Samples.tool("t")).arguments == nil)
        #expect(bind("Go 'now'", Tool(name: "t", description: "")).arguments == nil)
    }

    private func source(_ step: String, _ outputs: JSONObject, cue: [String] = []) -> ReferenceBinding.Source {
        ReferenceBinding.Source(step: step, outputs: Samples.signature(returns: outputs).outputs, cue: cue)
    }

    @Test("refers to the one result that fits")
    func references() {
        let tool = Samples.tool("t", takes: ["!csv_path": ["type": "string"]])
        let bound = bind(
            "plot it",
            tool,
            [source("s1", ["csv_path": ["type": "string"], "rows": ["type": "integer"]])]
        )
        #expect(bound.arguments == ["csv_path": ["$from": "s1", "path": "/csv_path"]])
        #expect(bound.questions.isEmpty)
    }

    @Test("asks when two results fit alike")
    func ambiguousReferences() {
        let tool = Samples.tool("t", takes: ["!message": ["type": "string"]])
        let sources = [source("s1", ["joke": ["type": "string"]]), source("s2", ["quote": ["type": "string"]])]
        #expect(bind("send them", tool, sources).questions.map(\.argument) == ["message"])
    }

    @Test("takes the result that the words name")
    func namedReference() {
        let tool = Samples.tool("t", takes: ["!data": ["type": "string"]])
        let outputs: JSONObject = ["invoice_id": ["type": "string"], "receipt_id": ["type": "string"]]
        let cue = ["invoice", "id"].map(WordStem.of)
        let bound = bind("encrypt the invoice id", tool, [source("s1", outputs, cue: cue)])
        #expect(bound.arguments == ["data": ["$from": "s1", "path": "/invoice_id"]])
    }

    @Test("does not take a result for what a value of the request may be meant for")
    func literalFirst() {
        let tool = Samples.tool("t", takes: ["!weight": ["type": "number"], "!height": ["type": "number"]])
        let bound = bind("use 5 and 6 with it", tool, [source("s1", ["distance": ["type": "number"]])])
        #expect(bound.questions.count == 2)
    }
}
