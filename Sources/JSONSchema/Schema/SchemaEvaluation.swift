/// One check of a value against a schema.
struct SchemaEvaluation {
    let schema: Schema
    private(set) var violations: [SchemaViolation] = []
    /// False while only the outcome matters: inside `anyOf`, `not`, `if`.
    private var collectsViolations: Bool
    /// Where in the value the check is.
    private var path: [String] = []
    /// Documents that were entered on the way, outermost first: the dynamic scope.
    private var scope: [Int] = []
    private var depth = 0

    /// Deepest nesting of schemas and values; a schema that refers to itself without end stops here.
    private static let maximumDepth = 1_000

    init(schema: Schema, collectsViolations: Bool) {
        self.schema = schema
        self.collectsViolations = collectsViolations
    }

    /// The parts of the value that were looked at; nil when the value is refused.
    mutating func check(_ value: JSONValue, against number: Int) -> EvaluatedParts? {
        guard depth < Self.maximumDepth else {
            return refused("$ref", "the schema refers to itself without end")
        }
        depth += 1
        defer { depth -= 1 }
        let node = schema.nodes[number]
        guard !node.refusesAll else { return refused("false", "nothing is allowed here") }
        scope.append(node.resource)
        defer { scope.removeLast() }
        var parts = EvaluatedParts()
        var isValid = true
        for assertion in node.assertions where isValid || collectsMore {
            if let fault = assertion.fault(of: value, assertsFormats: schema.options.assertsFormats) {
                refuse(fault.keyword, fault.message)
                isValid = false
            }
        }
        for applicator in node.applicators where isValid || collectsMore {
            if let found = apply(applicator, to: value, evaluated: parts) {
                parts.formUnion(found)
            } else {
                isValid = false
            }
        }
        return isValid ? parts : nil
    }

    private var collectsMore: Bool {
        collectsViolations && violations.count < schema.options.maximumViolations
    }

    /// Notes what is wrong, where that is wanted.
    private mutating func refuse(_ keyword: String, _ message: @autoclosure () -> String) {
        guard collectsMore else { return }
        let pointer = JSONPointer(tokens: path).description
        violations.append(SchemaViolation(path: pointer, keyword: keyword, message: message()))
    }

    /// The outcome of a check that failed.
    private mutating func refused(_ keyword: String, _ message: @autoclosure () -> String) -> EvaluatedParts? {
        refuse(keyword, message())
        return nil
    }

    /// Checks a part of the value.
    private mutating func check(_ value: JSONValue, at token: String, against number: Int) -> Bool {
        path.append(token)
        defer { path.removeLast() }
        return check(value, against: number) != nil
    }

    /// Checks without noting what is wrong.
    private mutating func quietly(_ value: JSONValue, against number: Int) -> EvaluatedParts? {
        let collected = collectsViolations
        collectsViolations = false
        defer { collectsViolations = collected }
        return check(value, against: number)
    }
}

// MARK: - Applicators

extension SchemaEvaluation {
    private mutating func apply(
        _ applicator: SchemaApplicator,
        to value: JSONValue,
        evaluated: EvaluatedParts
    ) -> EvaluatedParts? {
        switch applicator {
        case .reference(let number): return check(value, against: number)
        case .dynamicReference(let anchor, let otherwise):
            let outermost = scope.first { schema.dynamicAnchors[$0]?[anchor] != nil }
            return check(value, against: outermost.flatMap { schema.dynamicAnchors[$0]?[anchor] } ?? otherwise)
        case .all(let numbers): return checkAll(value, numbers)
        case .any(let numbers): return checkAny(value, numbers)
        case .one(let numbers): return checkOne(value, numbers)
        case .not(let number):
            guard quietly(value, against: number) != nil else { return EvaluatedParts() }
            return refused("not", "must not be what the schema excludes")
        case .condition(let condition, let then, let otherwise):
            return checkCondition(value, condition, then, otherwise)
        case .dependents(let dependents): return checkDependents(value, dependents)
        case .elements(let first, let rest): return checkElements(value, first, rest)
        case .contains(let number, let minimum, let maximum): return checkContains(value, number, minimum, maximum)
        case .members(let named, let matching, let others): return checkMembers(value, named, matching, others)
        case .memberNames(let number): return checkMemberNames(value, number)
        case .unevaluatedElements(let number): return checkUnevaluatedElements(value, number, evaluated)
        case .unevaluatedMembers(let number): return checkUnevaluatedMembers(value, number, evaluated)
        }
    }

    private mutating func checkAll(_ value: JSONValue, _ numbers: [Int]) -> EvaluatedParts? {
        var parts = EvaluatedParts()
        var isValid = true
        for number in numbers where isValid || collectsMore {
            if let found = check(value, against: number) { parts.formUnion(found) } else { isValid = false }
        }
        return isValid ? parts : nil
    }

    private mutating func checkAny(_ value: JSONValue, _ numbers: [Int]) -> EvaluatedParts? {
        var parts: EvaluatedParts?
        for number in numbers {
            guard let found = quietly(value, against: number) else { continue }
            // Later branches only matter for what they look at.
            guard schema.tracksEvaluation else { return found }
            parts = parts.map { $0.union(found) } ?? found
        }
        if let parts { return parts }
        if numbers.count == 1 { return check(value, against: numbers[0]) }
        return refused("anyOf", "fits none of the \(numbers.count) forms that are allowed")
    }

    private mutating func checkOne(_ value: JSONValue, _ numbers: [Int]) -> EvaluatedParts? {
        let fitting = numbers.compactMap { quietly(value, against: $0) }
        if fitting.count == 1 { return fitting[0] }
        if numbers.count == 1 { return check(value, against: numbers[0]) }
        let message =
            fitting.isEmpty ? "fits none of the \(numbers.count) forms" : "fits \(fitting.count) forms at once"
        return refused("oneOf", "\(message), must fit exactly one")
    }

    private mutating func checkCondition(
        _ value: JSONValue,
        _ condition: Int,
        _ then: Int?,
        _ otherwise: Int?
    ) -> EvaluatedParts? {
        if let parts = quietly(value, against: condition) {
            guard let then else { return parts }
            return check(value, against: then).map { parts.union($0) }
        }
        guard let otherwise else { return EvaluatedParts() }
        return check(value, against: otherwise)
    }

    private mutating func checkDependents(
        _ value: JSONValue,
        _ dependents: [(name: String, schema: Int)]
    ) -> EvaluatedParts? {
        guard let members = value.objectValue else { return EvaluatedParts() }
        return checkAll(value, dependents.filter { members[$0.name] != nil }.map(\.schema))
    }

    private mutating func checkElements(_ value: JSONValue, _ first: [Int], _ rest: Int?) -> EvaluatedParts? {
        guard let elements = value.arrayValue else { return EvaluatedParts() }
        var isValid = true
        for (index, element) in elements.enumerated() where isValid || collectsMore {
            guard let number = index < first.count ? first[index] : rest else { break }
            if !check(element, at: "\(index)", against: number) { isValid = false }
        }
        return isValid ? EvaluatedParts(leadingElements: rest == nil ? first.count : elements.count) : nil
    }

    private mutating func checkContains(
        _ value: JSONValue,
        _ number: Int,
        _ minimum: Int,
        _ maximum: Int?
    ) -> EvaluatedParts? {
        guard let elements = value.arrayValue else { return EvaluatedParts() }
        let fitting = elements.indices.filter { quietly(elements[$0], against: number) != nil }
        if fitting.count < minimum {
            return refused("contains", "needs \(minimum) fitting elements, has \(fitting.count)")
        }
        if let maximum, fitting.count > maximum {
            return refused("maxContains", "may have \(maximum) fitting elements, has \(fitting.count)")
        }
        return EvaluatedParts(elements: Set(fitting))
    }

    private mutating func checkMembers(
        _ value: JSONValue,
        _ named: [String: Int],
        _ matching: [(pattern: Pattern, schema: Int)],
        _ others: Int?
    ) -> EvaluatedParts? {
        guard let members = value.objectValue else { return EvaluatedParts() }
        var parts = EvaluatedParts()
        var isValid = true
        for (name, member) in members where isValid || collectsMore {
            var numbers = matching.filter { $0.pattern.matches(name) }.map(\.schema)
            if let number = named[name] { numbers.append(number) }
            if numbers.isEmpty, let others {
                numbers = [others]
                if schema.nodes[others].refusesAll {
                    refuse("additionalProperties", Self.unknown(name, among: named.keys.sorted()))
                    isValid = false
                    continue
                }
            }
            if schema.tracksEvaluation, !numbers.isEmpty { parts.members.insert(name) }
            for number in numbers where isValid || collectsMore {
                if !check(member, at: name, against: number) { isValid = false }
            }
        }
        return isValid ? parts : nil
    }

    private static func unknown(_ name: String, among known: [String]) -> String {
        let shown = known.prefix(12).map { "'\($0)'" }.joined(separator: ", ")
        let more = known.count > 12 ? ", …" : ""
        return "'\(name)' is not allowed" + (known.isEmpty ? "" : "; allowed: \(shown)\(more)")
    }

    private mutating func checkMemberNames(_ value: JSONValue, _ number: Int) -> EvaluatedParts? {
        guard let members = value.objectValue else { return EvaluatedParts() }
        for name in members.keys where quietly(.string(name), against: number) == nil {
            return refused("propertyNames", "'\(name)' is not allowed as a name")
        }
        return EvaluatedParts()
    }

    private mutating func checkUnevaluatedElements(
        _ value: JSONValue,
        _ number: Int,
        _ evaluated: EvaluatedParts
    ) -> EvaluatedParts? {
        guard let elements = value.arrayValue else { return EvaluatedParts() }
        for (index, element) in elements.enumerated() where !evaluated.containsElement(index) {
            guard check(element, at: "\(index)", against: number) else { return nil }
        }
        return EvaluatedParts(leadingElements: elements.count)
    }

    private mutating func checkUnevaluatedMembers(
        _ value: JSONValue,
        _ number: Int,
        _ evaluated: EvaluatedParts
    ) -> EvaluatedParts? {
        guard let members = value.objectValue else { return EvaluatedParts() }
        var parts = EvaluatedParts()
        for (name, member) in members where !evaluated.members.contains(name) {
            guard check(member, at: name, against: number) else { return nil }
            parts.members.insert(name)
        }
        return parts
    }
}

/// Which elements and members of a value its schema has looked at.
struct EvaluatedParts {
    var members: Set<String> = []
    /// So many elements from the start.
    var leadingElements = 0
    /// Elements anywhere.
    var elements: Set<Int> = []

    func containsElement(_ index: Int) -> Bool { index < leadingElements || elements.contains(index) }

    mutating func formUnion(_ other: EvaluatedParts) {
        members.formUnion(other.members)
        leadingElements = max(leadingElements, other.leadingElements)
        elements.formUnion(other.elements)
    }

    func union(_ other: EvaluatedParts) -> EvaluatedParts {
        var result = self
        result.formUnion(other)
        return result
    }
}
