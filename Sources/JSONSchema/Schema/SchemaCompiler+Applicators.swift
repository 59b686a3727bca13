extension SchemaCompiler {
    /// The keywords of a schema that hand the value on; those that need the others' results come last.
    mutating func applicators(
        of members: JSONObject,
        at place: Place,
        dialect: SchemaDialect
    ) throws(SchemaError) -> [SchemaApplicator] {
        var result: [SchemaApplicator] = []
        if let reference = members["$ref"] { result.append(.reference(try target(of: reference, at: place))) }
        if let reference = members["$recursiveRef"] {
            result.append(.reference(try target(of: reference, at: place)))
        }
        if let reference = members["$dynamicRef"] { result.append(try dynamicReference(reference, at: place)) }
        if let numbers = try schemas("allOf", of: members, at: place) { result.append(.all(numbers)) }
        if let numbers = try schemas("anyOf", of: members, at: place) { result.append(.any(numbers)) }
        if let numbers = try schemas("oneOf", of: members, at: place) { result.append(.one(numbers)) }
        if let number = try schema("not", of: members, at: place) { result.append(.not(number)) }
        if let condition = try schema("if", of: members, at: place) {
            let consequences = (try schema("then", of: members, at: place), try schema("else", of: members, at: place))
            result.append(.condition(condition, then: consequences.0, otherwise: consequences.1))
        }
        result += try memberApplicators(of: members, at: place)
        result += try elementApplicators(of: members, at: place, dialect: dialect)
        if dialect == .draft2020 {
            if let number = try schema("unevaluatedItems", of: members, at: place) {
                result.append(.unevaluatedElements(number))
            }
            if let number = try schema("unevaluatedProperties", of: members, at: place) {
                result.append(.unevaluatedMembers(number))
            }
        }
        return result
    }

    private mutating func memberApplicators(
        of members: JSONObject,
        at place: Place
    ) throws(SchemaError) -> [SchemaApplicator] {
        var result: [SchemaApplicator] = []
        var dependents: [(name: String, schema: Int)] = []
        for keyword in ["dependentSchemas", "dependencies"] {
            for (name, value) in members[keyword]?.objectValue ?? JSONObject() where value.arrayValue == nil {
                dependents.append((name, try number(of: place.appending(keyword, name))))
            }
        }
        if !dependents.isEmpty { result.append(.dependents(dependents)) }
        let named = try map("properties", of: members, at: place)
        let others = try schema("additionalProperties", of: members, at: place)
        var matching: [(pattern: Pattern, schema: Int)] = []
        for (source, number) in try map("patternProperties", of: members, at: place) ?? [] {
            guard let pattern = try pattern(.string(source), "patternProperties", at: place) else { continue }
            matching.append((pattern, number))
        }
        if named != nil || others != nil || !matching.isEmpty {
            let names = Dictionary((named ?? []).map { ($0.name, $0.schema) }, uniquingKeysWith: { first, _ in first })
            result.append(.members(named: names, matching: matching, others: others))
        }
        if let number = try schema("propertyNames", of: members, at: place) { result.append(.memberNames(number)) }
        return result
    }

    private mutating func elementApplicators(
        of members: JSONObject,
        at place: Place,
        dialect: SchemaDialect
    ) throws(SchemaError) -> [SchemaApplicator] {
        var result: [SchemaApplicator] = []
        // A list of `items` is what draft 2020-12 calls `prefixItems`; many a schema still writes it.
        if members["items"]?.arrayValue != nil {
            let first = try schemas("items", of: members, at: place) ?? []
            result.append(.elements(first: first, rest: try schema("additionalItems", of: members, at: place)))
        } else {
            let first = dialect == .draft2020 ? try schemas("prefixItems", of: members, at: place) : nil
            let rest = try schema("items", of: members, at: place)
            if first != nil || rest != nil { result.append(.elements(first: first ?? [], rest: rest)) }
        }
        if let number = try schema("contains", of: members, at: place) {
            let bounds = dialect == .draft2020
            let minimum = bounds ? try count("minContains", of: members, at: place) : nil
            let maximum = bounds ? try count("maxContains", of: members, at: place) : nil
            result.append(.contains(number, minimum: minimum ?? 1, maximum: maximum))
        }
        return result
    }

    private mutating func dynamicReference(
        _ reference: JSONValue,
        at place: Place
    ) throws(SchemaError) -> SchemaApplicator {
        let number = try target(of: reference, at: place)
        let address = SchemaURI(place.document).resolving(reference.stringValue ?? "")
        let anchor = address.decodedFragment
        // Only where it first leads to a dynamic anchor does a dynamic reference differ from a plain one.
        guard documents.roots[address.document]?.dynamicAnchors[anchor] != nil else { return .reference(number) }
        return .dynamicReference(anchor: anchor, otherwise: number)
    }

    // MARK: - Reading keywords

    private mutating func schema(_ keyword: String, of members: JSONObject, at place: Place) throws(SchemaError) -> Int?
    {
        members[keyword] == nil ? nil : try number(of: place.appending(keyword))
    }

    private mutating func schemas(
        _ keyword: String,
        of members: JSONObject,
        at place: Place
    ) throws(SchemaError) -> [Int]? {
        guard let value = members[keyword] else { return nil }
        var numbers: [Int] = []
        for index in try list(value, keyword, at: place).indices {
            numbers.append(try number(of: place.appending(keyword, "\(index)")))
        }
        return numbers
    }

    private mutating func map(
        _ keyword: String,
        of members: JSONObject,
        at place: Place
    ) throws(SchemaError) -> [(name: String, schema: Int)]? {
        guard let value = members[keyword] else { return nil }
        guard let inner = value.objectValue else {
            throw malformed(keyword, "must be an object, not \(value.typeName)", at: place)
        }
        var result: [(name: String, schema: Int)] = []
        for name in inner.keys { result.append((name, try number(of: place.appending(keyword, name)))) }
        return result
    }
}
