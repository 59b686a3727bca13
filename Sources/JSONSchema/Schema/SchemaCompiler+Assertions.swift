extension SchemaCompiler {
    /// The keywords of a schema that look at the value alone.
    mutating func assertions(
        of members: JSONObject,
        at place: Place,
        dialect: SchemaDialect
    ) throws(SchemaError) -> [SchemaAssertion] {
        var result: [SchemaAssertion] = []
        if let value = members["type"] { result.append(.type(try typeNames(value, at: place))) }
        if let value = members["enum"] { result.append(.enumeration(try list(value, "enum", at: place))) }
        if let value = members["const"] { result.append(.constant(value)) }
        result += try numberBounds(of: members, at: place)
        let length = try bounds("minLength", "maxLength", of: members, at: place)
        if let length { result.append(.length(minimum: length.0, maximum: length.1)) }
        if let value = members["pattern"], let pattern = try pattern(value, "pattern", at: place) {
            result.append(.pattern(pattern))
        }
        if let format = members["format"]?.stringValue { result.append(.format(format)) }
        let elements = try bounds("minItems", "maxItems", of: members, at: place)
        if let elements { result.append(.elements(minimum: elements.0, maximum: elements.1)) }
        if members["uniqueItems"]?.boolValue == true { result.append(.uniqueElements) }
        let count = try bounds("minProperties", "maxProperties", of: members, at: place)
        if let count { result.append(.members(minimum: count.0, maximum: count.1)) }
        result += try requirements(of: members, at: place, dialect: dialect)
        return result
    }

    private func requirements(
        of members: JSONObject,
        at place: Place,
        dialect: SchemaDialect
    ) throws(SchemaError) -> [SchemaAssertion] {
        var result: [SchemaAssertion] = []
        // Draft 3 and many a hand-written schema say `required: true` on the property itself; it asserts nothing here.
        if let value = members["required"], value.boolValue == nil {
            result.append(.required(try names(value, "required", at: place)))
        }
        var dependent: [(name: String, needs: [String])] = []
        for keyword in ["dependentRequired", "dependencies"] {
            for (name, needs) in members[keyword]?.objectValue ?? JSONObject() where needs.arrayValue != nil {
                dependent.append((name, try names(needs, keyword, at: place)))
            }
        }
        if !dependent.isEmpty { result.append(.dependentRequired(dependent)) }
        return result
    }

    private func numberBounds(of members: JSONObject, at place: Place) throws(SchemaError) -> [SchemaAssertion] {
        var result: [SchemaAssertion] = []
        if let factor = try number("multipleOf", of: members, at: place) {
            guard factor > 0 else { throw malformed("multipleOf", "must be above zero", at: place) }
            result.append(.multipleOf(factor))
        }
        // Draft 4 wrote a Boolean beside the bound where later drafts write a second bound.
        if let bound = try number("maximum", of: members, at: place) {
            result.append(.maximum(bound, isExclusive: members["exclusiveMaximum"]?.boolValue == true))
        }
        if let bound = try number("minimum", of: members, at: place) {
            result.append(.minimum(bound, isExclusive: members["exclusiveMinimum"]?.boolValue == true))
        }
        if members["exclusiveMaximum"]?.boolValue == nil,
            let bound = try number("exclusiveMaximum", of: members, at: place)
        {
            result.append(.maximum(bound, isExclusive: true))
        }
        if members["exclusiveMinimum"]?.boolValue == nil,
            let bound = try number("exclusiveMinimum", of: members, at: place)
        {
            result.append(.minimum(bound, isExclusive: true))
        }
        return result
    }

    private func typeNames(_ value: JSONValue, at place: Place) throws(SchemaError) -> [String] {
        let listed = value.stringValue == nil ? try names(value, "type", at: place) : []
        let names = value.stringValue.map { [$0] } ?? listed
        for name in names where !Self.types.contains(name) {
            throw malformed("type", "'\(name)' is no type", at: place)
        }
        return names
    }

    private static let types: Set<String> = ["null", "boolean", "object", "array", "number", "string", "integer"]

    // MARK: - Reading keywords

    func malformed(_ keyword: String, _ reason: String, at place: Place) -> SchemaError {
        SchemaError(.malformed, at: place.appending(keyword).description, reason)
    }

    private func number(_ keyword: String, of members: JSONObject, at place: Place) throws(SchemaError) -> Double? {
        guard let value = members[keyword] else { return nil }
        guard let number = value.doubleValue else {
            throw malformed(keyword, "must be a number, not \(value.typeName)", at: place)
        }
        return number
    }

    func count(_ keyword: String, of members: JSONObject, at place: Place) throws(SchemaError) -> Int? {
        guard let value = members[keyword] else { return nil }
        guard let count = value.intValue, count >= 0 else {
            throw malformed(keyword, "must be a whole number, zero or more", at: place)
        }
        return count
    }

    private func bounds(
        _ lower: String,
        _ upper: String,
        of members: JSONObject,
        at place: Place
    ) throws(SchemaError) -> (Int?, Int?)? {
        let minimum = try count(lower, of: members, at: place)
        let maximum = try count(upper, of: members, at: place)
        return minimum == nil && maximum == nil ? nil : (minimum, maximum)
    }

    func list(_ value: JSONValue, _ keyword: String, at place: Place) throws(SchemaError) -> [JSONValue] {
        guard let elements = value.arrayValue else {
            throw malformed(keyword, "must be a list, not \(value.typeName)", at: place)
        }
        return elements
    }

    private func names(_ value: JSONValue, _ keyword: String, at place: Place) throws(SchemaError) -> [String] {
        let elements = try list(value, keyword, at: place)
        var names: [String] = []
        for element in elements {
            guard let name = element.stringValue else {
                throw malformed(keyword, "must be a list of texts", at: place)
            }
            names.append(name)
        }
        return names
    }

    /// An expression; nil, with a note, where it asks for more than is supported.
    mutating func pattern(_ value: JSONValue, _ keyword: String, at place: Place) throws(SchemaError) -> Pattern? {
        guard let source = value.stringValue else {
            throw malformed(keyword, "must be a text, not \(value.typeName)", at: place)
        }
        do throws(PatternError) {
            return try Pattern(source)
        } catch {
            guard error.kind != .syntax else {
                throw malformed(keyword, "'\(source)' is no expression: \(error)", at: place)
            }
            note("the expression '\(source)' is not enforced: \(error)", at: place.appending(keyword))
            return nil
        }
    }
}
