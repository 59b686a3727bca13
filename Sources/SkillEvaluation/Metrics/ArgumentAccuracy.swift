package import JSONSchema

/// How many gold arguments a plan binds exactly, literals apart from references to other steps' outputs.
///
/// Values are equal when they are the same JSON value: `3` equals `3.0`, members in any order, texts letter by letter.
/// References are compared after their steps were put in correspondence. Arguments that the gold steps do not have are
/// neither right nor wrong.
package struct ArgumentAccuracy: Sendable, Hashable {
    /// Right ones out of all of a kind.
    package struct Share: Sendable, Hashable {
        package internal(set) var right = 0
        package internal(set) var total = 0

        /// Nil where there is nothing to get right.
        package var value: Double? { total == 0 ? nil : Double(right) / Double(total) }
    }

    /// Arguments without any reference.
    package private(set) var literals = Share()
    /// Arguments without any reference that are bound to another value.
    package private(set) var wrongLiterals = 0
    /// Arguments with a reference, right in full: the step, the field and the text around it.
    package private(set) var references = Share()
    /// The same arguments, right as soon as they refer to exactly the right steps.
    package private(set) var referencedSteps = Share()

    /// - Parameters:
    ///   - predicted: Arguments of each predicted step in the notation of `OutputReference`; nil where none were bound.
    ///   - gold: Arguments of each gold step in the same notation.
    package init(_ predicted: [JSONObject?], gold: [JSONObject], correspondence: StepCorrespondence) {
        var bound = [JSONObject?](repeating: nil, count: gold.count)
        for (step, arguments) in predicted.enumerated() {
            guard let goldStep = correspondence.goldStep(of: step), bound.indices.contains(goldStep) else { continue }
            bound[goldStep] = arguments
        }
        for (step, arguments) in gold.enumerated() {
            for (name, value) in arguments {
                let answer = bound[step]?[name].map {
                    OutputReference.redirecting($0, step: correspondence.goldStep(of:))
                }
                count(answer, against: value)
            }
        }
    }

    private mutating func count(_ answer: JSONValue?, against gold: JSONValue) {
        let isRight = answer.map { $0.normalized == gold.normalized } ?? false
        let goldSteps = Set(OutputReference.all(in: gold).map(\.step))
        guard !goldSteps.isEmpty else {
            literals.total += 1
            literals.right += isRight ? 1 : 0
            wrongLiterals += answer != nil && !isRight ? 1 : 0
            return
        }
        references.total += 1
        references.right += isRight ? 1 : 0
        referencedSteps.total += 1
        let steps = answer.map { Set(OutputReference.all(in: $0).map(\.step)) } ?? []
        referencedSteps.right += steps == goldSteps ? 1 : 0
    }
}

extension JSONValue {
    /// The same value with whole numbers in one form, so that equal numbers are equal values.
    fileprivate var normalized: JSONValue {
        switch self {
        case .number(let value): Int64(exactly: value).map(JSONValue.integer) ?? self
        case .array(let elements): .array(elements.map(\.normalized))
        case .object(let members): .object(JSONObject(members.map { ($0.key, $0.value.normalized) }))
        case .null, .bool, .integer, .string: self
        }
    }
}
