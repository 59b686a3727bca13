import JSONSchema

/// The schema of what a value looks like: its types and members, not what they hold.
enum ResultShape {
    private static let maximumDepth = 6
    private static let maximumMembers = 64

    static func schema(of value: JSONValue) -> JSONValue { schema(of: value, depth: 0) }

    private static func schema(of value: JSONValue, depth: Int) -> JSONValue {
        switch value {
        // What was empty once may be something else the next time.
        case .null: [:]
        case .bool: ["type": "boolean"]
        case .integer, .number: ["type": "number"]
        case .string: ["type": "string"]
        case .array(let elements):
            if depth < maximumDepth, let item = common(elements, depth) {
                ["type": "array", "items": item]
            } else {
                ["type": "array"]
            }
        case .object(let members): object(members, depth)
        }
    }

    /// The shape of elements that all look alike; nil where they do not.
    private static func common(_ elements: [JSONValue], _ depth: Int) -> JSONValue? {
        guard let first = elements.first else { return nil }
        let shape = schema(of: first, depth: depth + 1)
        return elements.dropFirst().allSatisfy { schema(of: $0, depth: depth + 1) == shape } ? shape : nil
    }

    private static func object(_ members: JSONObject, _ depth: Int) -> JSONValue {
        guard depth < maximumDepth, members.count <= maximumMembers else { return ["type": "object"] }
        let properties = members.map { ($0.key, schema(of: $0.value, depth: depth + 1)) }
        return [
            "type": "object", "properties": .object(JSONObject(properties)), "required": JSONValue(members.keys),
        ]
    }
}
