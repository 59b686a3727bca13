extension SchemaAssertion {
    /// What is wrong with a value; nil when it is right, or of a kind the keyword says nothing about.
    func fault(of value: JSONValue, assertsFormats: Bool) -> (keyword: String, message: String)? {
        switch self {
        case .type(let names):
            guard !names.contains(where: value.isOfType) else { return nil }
            return ("type", "must be \(names.joined(separator: " or ")), is \(value.typeName)")
        case .enumeration(let values):
            guard !values.contains(where: value.isSame) else { return nil }
            let shown = values.prefix(12).map { $0.serialized() }.joined(separator: ", ")
            return ("enum", "must be one of \(shown)\(values.count > 12 ? ", …" : "")")
        case .constant(let constant):
            return value.isSame(as: constant) ? nil : ("const", "must be \(constant.serialized())")
        case .multipleOf(let factor):
            guard let number = value.doubleValue, !number.isMultiple(of: factor) else { return nil }
            return ("multipleOf", "must be a multiple of \(shortest(factor))")
        case .maximum(let bound, let isExclusive):
            guard let number = value.doubleValue, isExclusive ? number >= bound : number > bound else { return nil }
            return ("maximum", "must be \(isExclusive ? "below" : "at most") \(shortest(bound))")
        case .minimum(let bound, let isExclusive):
            guard let number = value.doubleValue, isExclusive ? number <= bound : number < bound else { return nil }
            return ("minimum", "must be \(isExclusive ? "above" : "at least") \(shortest(bound))")
        case .length(let minimum, let maximum):
            guard let text = value.stringValue else { return nil }
            return Self.fault(text.unicodeScalars.count, minimum, maximum, ("minLength", "maxLength"), "characters")
        case .pattern(let pattern):
            guard let text = value.stringValue, !pattern.matches(text) else { return nil }
            return ("pattern", "must match the expression \(pattern.source)")
        case .format(let name):
            guard assertsFormats, let text = value.stringValue, !SchemaFormat.accepts(text, as: name) else {
                return nil
            }
            return ("format", "must be written as a \(name)")
        case .elements(let minimum, let maximum):
            guard let elements = value.arrayValue else { return nil }
            return Self.fault(elements.count, minimum, maximum, ("minItems", "maxItems"), "elements")
        case .uniqueElements:
            guard let elements = value.arrayValue, !elements.areUnique else { return nil }
            return ("uniqueItems", "must not hold an element twice")
        case .members(let minimum, let maximum):
            guard let members = value.objectValue else { return nil }
            return Self.fault(members.count, minimum, maximum, ("minProperties", "maxProperties"), "members")
        case .required(let names):
            guard let members = value.objectValue else { return nil }
            return Self.missing(names.filter { members[$0] == nil }).map { ("required", $0) }
        case .dependentRequired(let dependent):
            guard let members = value.objectValue else { return nil }
            for (name, needs) in dependent where members[name] != nil {
                let missing = Self.missing(needs.filter { members[$0] == nil })
                if let missing { return ("dependentRequired", "\(missing), because '\(name)' is there") }
            }
            return nil
        }
    }

    private static func missing(_ names: [String]) -> String? {
        names.isEmpty
            ? nil : names.map { "'\($0)'" }.joined(separator: ", ") + (names.count == 1 ? " is" : " are") + " missing"
    }

    private static func fault(
        _ count: Int,
        _ minimum: Int?,
        _ maximum: Int?,
        _ keywords: (String, String),
        _ what: String
    ) -> (keyword: String, message: String)? {
        if let minimum, count < minimum { return (keywords.0, "must have at least \(minimum) \(what), has \(count)") }
        if let maximum, count > maximum { return (keywords.1, "may have at most \(maximum) \(what), has \(count)") }
        return nil
    }

    private func shortest(_ number: Double) -> String {
        Int64(exactly: number).map { "\($0)" } ?? JSONValue.number(number).serialized()
    }
}

extension JSONValue {
    /// Whether this is a value of the type that a schema names.
    fileprivate func isOfType(_ name: String) -> Bool {
        switch (name, self) {
        case ("null", .null), ("boolean", .bool), ("string", .string), ("array", .array), ("object", .object),
            ("number", .number), ("number", .integer), ("integer", .integer):
            true
        case ("integer", .number(let value)): value == value.rounded() && value.isFinite
        default: false
        }
    }

    /// Whether two values are equal as JSON Schema has it: numbers by their size, texts by their code points.
    func isSame(as other: JSONValue) -> Bool {
        switch (self, other) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.integer(let left), .integer(let right)): left == right
        case (.integer, .number), (.number, .integer), (.number, .number): doubleValue == other.doubleValue
        case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
        case (.array(let left), .array(let right)): left.elementsEqual(right) { $0.isSame(as: $1) }
        case (.object(let left), .object(let right)):
            left.count == right.count
                && left.allSatisfy { name, value in right[name].map { value.isSame(as: $0) } ?? false }
        default: false
        }
    }
}

extension [JSONValue] {
    /// Whether no two elements are the same.
    fileprivate var areUnique: Bool {
        // Values of one written form are few; only those are compared in full.
        var groups: [Int: [JSONValue]] = [:]
        for element in self {
            let key = element.sameness
            if groups[key, default: []].contains(where: { $0.isSame(as: element) }) { return false }
            groups[key, default: []].append(element)
        }
        return true
    }
}

extension JSONValue {
    /// A number that is equal for values that are the same.
    private func mix(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0)
        case .bool(let value): hasher.combine(value)
        case .integer(let value): hasher.combine(Double(value))
        case .number(let value): hasher.combine(value)
        case .string(let value): for byte in value.utf8 { hasher.combine(byte) }
        case .array(let elements): for element in elements { element.mix(into: &hasher) }
        // The order of members does not count, so only their number does here.
        case .object(let members): hasher.combine(members.count)
        }
    }

    fileprivate var sameness: Int {
        if case .object(let members) = self {
            return members.reduce(members.count) { sum, member in
                var hasher = Hasher()
                for byte in member.key.utf8 { hasher.combine(byte) }
                hasher.combine(member.value.sameness)
                return sum ^ hasher.finalize()
            }
        }
        var hasher = Hasher()
        mix(into: &hasher)
        return hasher.finalize()
    }
}

extension Double {
    /// Whether this is a whole number of factors, as far as doubles can tell.
    fileprivate func isMultiple(of factor: Double) -> Bool {
        let quotient = self / factor
        guard quotient.isFinite else { return truncatingRemainder(dividingBy: factor) == 0 }
        return abs(quotient - quotient.rounded()) <= abs(quotient) * 4 * Double.ulpOfOne
    }
}
