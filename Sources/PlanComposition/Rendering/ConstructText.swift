import JSONSchema

extension FanOut {
    /// "for each of s1/files", for people.
    var text: String { "for each of \(ReferenceText.of(list))" }
}

extension StepCondition {
    /// "when s1/usage is above 80", for people.
    var text: String {
        let side = left == .null ? "…" : ReferenceText.of(left)
        let words =
            switch comparison {
            case .above: "is above"
            case .atLeast: "is at least"
            case .below: "is below"
            case .atMost: "is at most"
            case .equal: "is"
            case .notEqual: "is not"
            case .contains: "contains"
            case .empty: "is empty"
            case .notEmpty: "is not empty"
            }
        return (["when", side, words] + (right.map { [ReferenceText.of($0)] } ?? [])).joined(separator: " ")
    }
}

extension PlanStep {
    /// What makes the step run several times or not at all, for people; nothing for an ordinary step.
    var constructTexts: [String] { [forEach?.text, condition?.text].compactMap(\.self) }
}

/// A value of a plan as people read it.
enum ReferenceText {
    static func of(_ value: JSONValue) -> String {
        if case .reference(let reference) = OutputReference.read(value) {
            return reference.step + (reference.path.isEmpty ? "’s result" : reference.path)
        }
        if case .item(let item) = ItemReference.read(value) { return "the element" + item.path }
        if case .string(let text) = value { return DisplayText.cut(text, to: 40) }
        return DisplayText.cut(value.serialized(), to: 40)
    }
}
