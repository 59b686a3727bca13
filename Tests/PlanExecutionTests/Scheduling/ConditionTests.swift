import JSONSchema
import PlanComposition
import PlanExecution
import Testing

@Suite("Comparing values for a condition")
struct ConditionTests {
    @Test(
        "numbers compare as numbers, also where a text holds one",
        arguments: [
            ("85%", .above, 80, true), (80, .above, "80 %", false), ("1,234.5", .atLeast, 1_234.5, true),
            ("$12", .below, 12.5, true), ("12 ms", .atMost, 12, true), (0.85, .above, "80%", false),
            ("2026-05-01", .above, "2026-04-30", true), ("b", .above, "a", true), ("-3", .below, 0, true),
            (3, .equal, 3.0, true), ("3", .equal, 3, true), (true, .equal, "yes", true),
            ("Open ", .equal, "open", true),
            ("open", .notEqual, "closed", true), (["a", "B"], .contains, "b", true),
            ("Disk is FULL", .contains, "full", true), ([1, 2], .contains, 3, false),
        ] as [(JSONValue, StepCondition.Comparison, JSONValue, Bool)]
    )
    func binary(left: JSONValue, comparison: StepCondition.Comparison, right: JSONValue, holds: Bool) throws {
        #expect(try ConditionEvaluation(comparison: comparison).holds(left, right) == holds)
    }

    @Test(
        "null, zero, false and what has nothing in it are empty",
        arguments: [nil, 0, false, "", [], [:]] as [JSONValue]
    )
    func empty(value: JSONValue) throws {
        #expect(try ConditionEvaluation(comparison: .empty).holds(value, nil))
        #expect(try !ConditionEvaluation(comparison: .notEmpty).holds(value, nil))
    }

    @Test(
        "what has no order is a fault, not false",
        arguments: [([1], 2), ("many", 2), (nil, 1)] as [(JSONValue, JSONValue)]
    )
    func faults(left: JSONValue, right: JSONValue) {
        #expect(throws: ConditionEvaluation.Fault.self) {
            try ConditionEvaluation(comparison: .above).holds(left, right)
        }
    }
}
