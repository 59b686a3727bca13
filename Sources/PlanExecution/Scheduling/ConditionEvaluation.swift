package import JSONSchema
package import PlanComposition

/// Compares two values as the condition of a step asks.
///
/// Numbers compare as numbers, also where a text holds one: `"85%"`, `"1,234.5"`, `"$12"` and `"12 ms"` are 85, 1234.5, 12
/// and 12; units are not converted, and 0.85 is not 85 %. Two other texts compare by their characters, which puts ISO
/// dates in order; for equality their case and the space around them do not count. `true` and `"true"` are equal.
package struct ConditionEvaluation {
    /// Two values that cannot be compared like that.
    package struct Fault: Error, Hashable {
        package var message: String
    }

    package var comparison: StepCondition.Comparison

    package init(comparison: StepCondition.Comparison) { self.comparison = comparison }

    /// - Parameter right: nil for comparisons that take nothing there.
    package func holds(_ left: JSONValue, _ right: JSONValue?) throws(Fault) -> Bool {
        switch comparison {
        case .empty: return Self.isEmpty(left)
        case .notEmpty: return !Self.isEmpty(left)
        case .equal: return Self.areEqual(left, right ?? .null)
        case .notEqual: return !Self.areEqual(left, right ?? .null)
        case .contains: return try contains(left, right ?? .null)
        case .above: return try ordered(left, right ?? .null) > 0
        case .atLeast: return try ordered(left, right ?? .null) >= 0
        case .below: return try ordered(left, right ?? .null) < 0
        case .atMost: return try ordered(left, right ?? .null) <= 0
        }
    }

    private static func isEmpty(_ value: JSONValue) -> Bool {
        switch value {
        case .null: true
        case .bool(let value): !value
        case .integer(let value): value == 0
        case .number(let value): value == 0
        case .string(let text): text.isEmpty
        case .array(let elements): elements.isEmpty
        case .object(let members): members.isEmpty
        }
    }

    private static func areEqual(_ left: JSONValue, _ right: JSONValue) -> Bool {
        if left == right { return true }
        let hasNumber = left.doubleValue != nil || right.doubleValue != nil
        if hasNumber, let left = number(left), let right = number(right) { return left == right }
        if left.boolValue != nil || right.boolValue != nil, let left = truth(left), let right = truth(right) {
            return left == right
        }
        guard let left = left.stringValue, let right = right.stringValue else { return false }
        return folded(left) == folded(right)
    }

    private func contains(_ left: JSONValue, _ right: JSONValue) throws(Fault) -> Bool {
        if let elements = left.arrayValue { return elements.contains { Self.areEqual($0, right) } }
        guard let text = left.stringValue, let part = right.stringValue else {
            throw Fault(message: "a value of type \(left.typeName) contains nothing")
        }
        return Self.folded(text).contains(Self.folded(part))
    }

    /// Below, at or above zero as left is smaller than, equal to or greater than right.
    private func ordered(_ left: JSONValue, _ right: JSONValue) throws(Fault) -> Int {
        if let left = Self.number(left), let right = Self.number(right) {
            return left < right ? -1 : left > right ? 1 : 0
        }
        if let left = left.stringValue, let right = right.stringValue {
            return left < right ? -1 : left > right ? 1 : 0
        }
        throw Fault(message: "\(Self.shown(left)) and \(Self.shown(right)) cannot be compared")
    }

    private static func truth(_ value: JSONValue) -> Bool? {
        switch value {
        case .bool(let value): value
        case .string(let text):
            switch folded(text) {
            case "true", "yes": true
            case "false", "no": false
            default: nil
            }
        default: nil
        }
    }

    private static func folded(_ text: String) -> String {
        let scalars = text.lowercased().unicodeScalars
        let start = scalars.firstIndex { !$0.properties.isWhitespace } ?? scalars.endIndex
        let end = scalars.lastIndex { !$0.properties.isWhitespace }.map { scalars.index(after: $0) } ?? scalars.endIndex
        return start < end ? String(scalars[start..<end]) : ""
    }

    /// The number a value is or holds; nil where there is none.
    static func number(_ value: JSONValue) -> Double? {
        guard let text = value.stringValue else { return value.doubleValue }
        var rest = Substring(folded(text))
        if let first = rest.first, "$€£¥".contains(first) { rest.removeFirst() }
        let digits = rest.prefix { $0.isASCII && ($0.isNumber || "+-.,".contains($0)) }
        // What follows is a unit: a percent sign, or a word after the number.
        let unit = rest.dropFirst(digits.count).drop { $0 == " " }
        guard unit.allSatisfy({ $0.isLetter || "%°$€£¥/".contains($0) }), unit.count <= 12 else { return nil }
        let number = Double(digits.filter { $0 != "," })
        return number?.isFinite == true ? number : nil
    }

    /// A value in a sentence.
    static func shown(_ value: JSONValue) -> String {
        let text = value.serialized()
        return text.count > 80 ? "\(text.prefix(80))…" : text
    }
}

extension StepCondition.Comparison {
    /// The comparison as it stands between two values in a sentence.
    var words: String {
        switch self {
        case .above: "above"
        case .atLeast: "at least"
        case .below: "below"
        case .atMost: "at most"
        case .equal: "equal to"
        case .notEqual: "different from"
        case .contains: "something that contains"
        case .empty: "empty"
        case .notEmpty: "not empty"
        }
    }
}
