import JSONSchema
import PlanComposition
import Testing

@Suite("A plan file")
struct PlanDocumentTests {
    private static func text(_ step: String = "", _ plan: String = "") -> String {
        #"{"request": "r", "steps": [{"id": "s1", "subtask": "x"\#(step)}]\#(plan)}"#
    }

    @Test(
        "names the members it does not know, and what may have been meant",
        arguments: [
            (text(#", "depends-on": []"#), "/steps/0/depends-on", "depends_on"),
            (text(#", "argument": {}"#), "/steps/0/argument", "arguments"),
            (text(#", "when": {"left": 1, "is": "empty", "rihgt~/": 2}"#), "/steps/0/when/rihgt~0~1", nil),
            (text("", #", "Questions": []"#), "/Questions", "questions"),
            (text("", #", "nothing_like_it": 1"#), "/nothing_like_it", nil),
        ]
    )
    func unknown(text: String, place: String, nearest: String?) throws {
        let document = try PlanDocument(jsonText: text)
        #expect(document.unknownMembers.map(\.place) == [place])
        #expect(document.unknownMembers.first?.nearest == nearest)
    }

    @Test("leaves alone what stands inside arguments, which belong to the tool")
    func arguments() throws {
        let document = try PlanDocument(jsonText: Self.text(#", "arguments": {"anything": {"deep": [1]}}"#))
        #expect(document.unknownMembers.isEmpty)
    }

    @Test("finds nothing unknown in what the composer writes")
    func composed() throws {
        #expect(try PlanDocument(json: Samples.example.json).unknownMembers.isEmpty)
    }
}
