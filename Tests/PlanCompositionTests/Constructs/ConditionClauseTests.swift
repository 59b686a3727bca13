import JSONSchema
import SkillCatalog
import Testing

@testable import PlanComposition

@Suite("Conditions in the words of a request")
struct ConditionClauseTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var words: String
        var comparison: StepCondition.Comparison
        var right: JSONValue?
        var subject: [String]

        init(_ words: String, _ comparison: StepCondition.Comparison, _ right: JSONValue?, _ subject: String...) {
            self.words = words
            self.comparison = comparison
            self.right = right
            self.subject = subject.map(WordStem.of)
        }

        var testDescription: String { words }
    }

    @Test(
        "are read with what they compare",
        arguments: [
            Case("if it exceeds 80 %, alert the team", .above, 80),
            Case("alert the team if the disk usage is above 80%", .above, 80, "disk", "usage"),
            Case("when there are more than 3 errors, open a ticket", .above, 3, "errors"),
            Case("if the price drops below $99.50", .below, 99.5, "price"),
            Case("unless the temperature is at least 20 degrees", .below, 20, "temperature"),
            Case("only if the balance is less than or equal to ten", .atMost, 10, "balance"),
            Case("if the log contains 'panic', restart it", .contains, "panic", "log"),
            Case("if there are any failures, send them", .notEmpty, nil, "failures"),
            Case("unless there are no results", .notEmpty, nil, "results"),
            Case("if the list is empty, stop", .empty, nil, "list"),
            Case("if the sentiment is negative, tell Bob", .equal, "negative", "sentiment"),
            Case("if the status is not 'open'", .notEqual, "open", "status"),
            Case("if the signature is valid, file it", .equal, true, "signature", "valid"),
        ]
    )
    func read(_ expected: Case) throws {
        let clause = try #require(ConditionClause.read(RequestTokenizer.tokens(of: expected.words)))
        #expect(clause.comparison == expected.comparison)
        #expect(clause.right == expected.right)
        #expect(clause.subject == expected.subject)
    }

    @Test(
        "are not seen where nothing is compared",
        arguments: [
            "once it is done, send it", "when the report is ready, post it", "send it if you can",
            "if possible, sort it",
            "check if it is open", "when the file is downloaded, parse it", "send more than 3 reports", "if needed",
        ]
    )
    func none(words: String) {
        #expect(ConditionClause.read(RequestTokenizer.tokens(of: words)) == nil)
    }
}
