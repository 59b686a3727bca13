import JSONSchema

/// Puts violations of a schema into words: where, what is wrong, and what the schema itself says about that place.
enum SchemaWords {
    private static let maximumViolations = 6
    private static let maximumDescriptionBytes = 200

    static func list(_ violations: [SchemaViolation], of schema: JSONValue) -> String {
        var words = violations.prefix(maximumViolations).map { violation in
            let place = violation.path.isEmpty ? "" : "\(violation.path): "
            return place + MessageCleaning.cut(violation.message, to: 300) + about(violation, schema)
        }
        if violations.count > maximumViolations { words.append("and \(violations.count - maximumViolations) more") }
        return words.joined(separator: "; ")
    }

    /// The schema's own words on the place of a violation, in parentheses; nothing where it has none.
    private static func about(_ violation: SchemaViolation, _ schema: JSONValue) -> String {
        guard let pointer = JSONPointer(violation.path), let part = part(at: pointer, of: schema) else { return "" }
        if violation.keyword == "additionalProperties" || violation.keyword == "unevaluatedProperties" {
            let names = part["properties"]?.objectValue?.keys ?? []
            return names.isEmpty ? "" : " (it has \(names.prefix(20).joined(separator: ", ")))"
        }
        guard let text = part["description"]?.stringValue, !pointer.tokens.isEmpty else { return "" }
        return " (\(MessageCleaning.cut(text, to: maximumDescriptionBytes)))"
    }

    /// The sub-schema that stands for a place, as far as `properties` and `items` lead.
    private static func part(at pointer: JSONPointer, of schema: JSONValue) -> JSONValue? {
        pointer.tokens.reduce(schema) { part, token in
            part?["properties"]?[token] ?? (Int(token) == nil ? nil : part?["items"])
        }
    }
}
