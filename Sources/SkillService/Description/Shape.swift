import JSONSchema

/// A named kind of JSON value that requests or answers consist of.
struct Shape: Sendable, Hashable {
    let name: String
    let schema: JSONValue

    /// How other schemas refer to it.
    var reference: JSONValue { ["$ref": .string("#/components/schemas/\(name)")] }
}

/// Words schemas are made of.
enum Shapes {
    static let text: JSONValue = ["type": "string"]
    static let count: JSONValue = ["type": "integer", "minimum": 0]
    static let number: JSONValue = ["type": "number"]
    static let flag: JSONValue = ["type": "boolean"]
    static let anyObject: JSONValue = ["type": "object"]
    static let time: JSONValue = ["type": "string", "format": "date-time"]
    static let anything: JSONValue = .object([:])

    static func text(_ range: ClosedRange<Int>, _ description: String? = nil) -> JSONValue {
        described(
            [
                "type": "string", "minLength": JSONValue(range.lowerBound),
                "maxLength": JSONValue(range.upperBound),
            ],
            description
        )
    }

    static func integer(_ range: ClosedRange<Int>, standard: Int? = nil, _ description: String? = nil) -> JSONValue {
        var schema: JSONObject = [
            "type": "integer", "minimum": JSONValue(range.lowerBound), "maximum": JSONValue(range.upperBound),
        ]
        if let standard { schema["default"] = JSONValue(standard) }
        return described(schema, description)
    }

    static func flag(standard: Bool, _ description: String) -> JSONValue {
        described(["type": "boolean", "default": .bool(standard)], description)
    }

    static func choice(_ words: [String], standard: String? = nil, _ description: String? = nil) -> JSONValue {
        var schema: JSONObject = ["type": "string", "enum": JSONValue(words)]
        if let standard { schema["default"] = .string(standard) }
        return described(schema, description)
    }

    static func list(_ element: JSONValue, most: Int? = nil) -> JSONValue {
        var schema: JSONObject = ["type": "array", "items": element]
        if let most { schema["maxItems"] = JSONValue(most) }
        return .object(schema)
    }

    static func list(_ element: Shape) -> JSONValue { list(element.reference) }

    /// A value that may be absent, as null.
    static func orNull(_ schema: JSONValue) -> JSONValue { ["anyOf": [schema, ["type": "null"]]] }

    /// An object that answers consist of: it may get more members later.
    static func object(_ required: JSONObject, optional: JSONObject = [:], _ description: String? = nil) -> JSONValue {
        var properties = required
        for (name, schema) in optional { properties[name] = schema }
        return described(
            [
                "type": "object", "properties": .object(properties),
                "required": JSONValue(required.map(\.key)),
            ],
            description
        )
    }

    /// An object that is sent: a member that is not known is a mistake of whoever wrote it.
    static func input(_ required: JSONObject, optional: JSONObject = [:]) -> JSONValue {
        var properties = required
        for (name, schema) in optional { properties[name] = schema }
        var schema: JSONObject = ["type": "object", "properties": .object(properties), "additionalProperties": false]
        if !required.isEmpty { schema["required"] = JSONValue(required.map(\.key)) }
        return .object(schema)
    }

    /// A schema that stands by itself, with all it refers to.
    static func resolved(_ shape: Shape) -> JSONValue {
        ["$ref": shape.reference["$ref"] ?? .null, "components": ["schemas": components]]
    }

    /// Every shape by its name.
    static let components: JSONValue = .object(JSONObject(Shape.all.map { ($0.name, $0.schema) }))

    private static func described(_ schema: JSONObject, _ description: String?) -> JSONValue {
        var schema = schema
        if let description { schema["description"] = .string(description) }
        return .object(schema)
    }
}
