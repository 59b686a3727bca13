package import JSONSchema
import PlanComposition

/// Changes arguments so that they fit a tool's schema, without guessing values: types are converted where nothing is lost,
/// unknown members are dropped, defaults filled in.
package enum ArgumentRepair {
    /// - Returns: nil where nothing can be changed for the better.
    package static func repaired(_ arguments: JSONObject, for schema: JSONValue) -> ArgumentChange? {
        guard let properties = schema["properties"]?.objectValue else { return nil }
        var repaired = JSONObject()
        var changes: [String] = []
        let allowsMore = schema["additionalProperties"] != false || schema["patternProperties"] != nil
        for (name, value) in arguments {
            guard let property = properties[name] else {
                if allowsMore {
                    repaired[name] = value
                } else {
                    changes.append("dropped \(name), which it does not take")
                }
                continue
            }
            let types = typeNames(property)
            if types.isEmpty || types.contains(where: { accepts(value, $0) }) {
                repaired[name] = value
            } else if let converted = types.lazy.compactMap({ converted(value, to: $0, property) }).first {
                repaired[name] = converted
                changes.append("\(name): \(value.typeName) made \(converted.typeName)")
            } else if value == .null, !required(schema).contains(name) {
                changes.append("dropped \(name), which was null")
            } else {
                repaired[name] = value
            }
        }
        for (name, property) in properties where repaired[name] == nil {
            guard required(schema).contains(name), let value = property["default"] else { continue }
            repaired[name] = value
            changes.append("\(name): default filled in")
        }
        return changes.isEmpty ? nil : ArgumentChange(arguments: repaired, changes: changes)
    }

    /// A value a person typed, as the schema of its argument wants it.
    package static func value(of text: String, for property: JSONValue?) -> JSONValue {
        let types = property.map(typeNames) ?? []
        if types.isEmpty || types.contains("string") { return .string(text) }
        return types.lazy.compactMap { converted(.string(text), to: $0, property ?? .null) }.first ?? .string(text)
    }

    private static func required(_ schema: JSONValue) -> [String] {
        schema["required"]?.arrayValue?.compactMap(\.stringValue) ?? []
    }

    private static func typeNames(_ property: JSONValue) -> [String] {
        if let name = property["type"]?.stringValue { return [name] }
        return property["type"]?.arrayValue?.compactMap(\.stringValue) ?? []
    }

    private static func accepts(_ value: JSONValue, _ type: String) -> Bool {
        switch type {
        case "integer": value.doubleValue != nil && value.intValue != nil
        case "number": value.doubleValue != nil
        default: value.typeName == type
        }
    }

    private static func converted(_ value: JSONValue, to type: String, _ property: JSONValue) -> JSONValue? {
        switch (type, value) {
        case ("string", .integer(let number)): return .string(String(number))
        case ("string", .number(let number)): return .string("\(number)")
        case ("string", .bool(let flag)): return .string(flag ? "true" : "false")
        case ("string", .array(let elements)) where elements.count == 1:
            return elements[0].stringValue.map(JSONValue.string)
        case ("integer", .string):
            guard let number = ConditionEvaluation.number(value), let whole = Int64(exactly: number) else { return nil }
            return .integer(whole)
        case ("number", .string): return ConditionEvaluation.number(value).map(JSONValue.number)
        case ("boolean", .string(let text)):
            switch text.lowercased() {
            case "true", "yes", "on", "1": return true
            case "false", "no", "off", "0": return false
            default: return nil
            }
        case ("array", .string(let text)):
            if let parsed = try? JSONParser.parse(text), parsed.arrayValue != nil { return parsed }
            return .array([value])
        case ("array", .null): return nil
        case ("array", _): return .array([value])
        case ("object", .string(let text)):
            guard let parsed = try? JSONParser.parse(text), parsed.objectValue != nil else { return nil }
            return parsed
        default: return nil
        }
    }
}
