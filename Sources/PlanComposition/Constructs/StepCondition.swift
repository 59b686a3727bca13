public import JSONSchema

/// When a step runs, written in a plan as `"when": {"left": {"$from": "s1", "path": "/usage"}, "is": "above", "right": 80}`.
///
/// A step whose condition does not hold is skipped, and with it the steps that use its result.
public struct StepCondition: Sendable, Hashable {
    /// How the value is compared.
    public enum Comparison: String, Sendable, Hashable, CaseIterable {
        case above
        case atLeast = "at_least"
        case below
        case atMost = "at_most"
        case equal
        case notEqual = "not_equal"
        /// A text holds the text on the right; a list holds the value.
        case contains
        /// Null, absent, an empty text, list or object, zero or false; takes nothing on the right.
        case empty
        case notEmpty = "not_empty"

        /// The comparison needs a right side.
        public var isBinary: Bool { self != .empty && self != .notEmpty }
    }

    /// Usually a reference to what an earlier step returns.
    public var left: JSONValue
    public var comparison: Comparison
    /// Nil for comparisons that take nothing on the right.
    public var right: JSONValue?
    /// The words of the request that ask for it; empty where somebody wrote it by hand.
    public var cue: String

    public init(left: JSONValue, is comparison: Comparison, right: JSONValue? = nil, cue: String = "") {
        self.left = left
        self.comparison = comparison
        self.right = right
        self.cue = cue
    }
}

extension StepCondition {
    var json: JSONValue {
        var members: JSONObject = ["left": left, "is": .string(comparison.rawValue)]
        members["right"] = right
        if !cue.isEmpty { members["cue"] = .string(cue) }
        return .object(members)
    }

    init(_ view: JSONView) throws(PlanSyntaxError) {
        guard let members = view.value.objectValue, let left = members["left"] else { throw view.missing("left") }
        let name = try view.string("is")
        guard let comparison = Comparison(rawValue: name) else {
            let known = Comparison.allCases.map(\.rawValue).joined(separator: ", ")
            throw PlanSyntaxError(place: "\(view.place)/is", problem: "is \(name); it must be one of \(known)")
        }
        if comparison.isBinary, members["right"] == nil { throw view.missing("right") }
        self.init(
            left: left,
            is: comparison,
            right: comparison.isBinary ? members["right"] : nil,
            cue: try view.optionalString("cue") ?? ""
        )
    }
}
