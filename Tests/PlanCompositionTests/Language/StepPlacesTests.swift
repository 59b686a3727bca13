import SkillRetrieval
import Testing

@testable import PlanComposition

@Suite("The place of a step in its request")
struct StepPlacesTests {
    private func bodies(_ request: String, _ steps: [String]) -> [String] {
        let subtasks = steps.enumerated().map { Subtask(id: "s\($0 + 1)", text: $1) }
        return RequestReading(request: request, subtasks: subtasks).steps.map {
            $0.body.map(\.text).joined(separator: " ")
        }
    }

    @Test("is found for steps that were reworded")
    func reworded() {
        #expect(
            bodies(
                "Calculate the GCD of 12 and 18, then send an SMS with it to 555-1234. After that, check the grammar.",
                ["Calculate the greatest common divisor", "Send an SMS message", "Check the grammar of a sentence"]
            ) == [
                "calculate the gcd of 12 and 18", "send an sms with it to 555-1234 .", "check the grammar .",
            ]
        )
    }

    @Test("is left open for steps the request does not speak of")
    func unspoken() {
        let found = bodies("Encrypt the text 'abc'", ["Get a random joke", "Encrypt sensitive data"])
        #expect(found == ["get a random joke", "encrypt the text abc"])
    }

    @Test("leaves words that lead on, and clauses such as \"once it is done\", to the lead")
    func leads() {
        let request = MarkedRequest("[Build it]. Once it is built, please also [deploy it]")
        let reading = RequestReading(request: request.text, subtasks: request.subtasks).steps[1]
        #expect(reading.body.first?.text == "deploy")
        #expect(reading.lead.map(\.text).joined(separator: " ") == ". once it is built , please also")
    }

    @Test("is not taken from a span outside the request")
    func badSpan() {
        let subtasks = [Subtask(id: "s1", text: "fetch it", span: 0..<999)]
        let reading = RequestReading(request: "fetch it", subtasks: subtasks)
        #expect(reading.steps[0].verb == "fetch")
    }
}
