import JSONSchema

/// Checks arguments of the session's own tools.
enum SchemaCheck {
    /// The first thing that is wrong, in a sentence; nil where nothing is.
    static func problem(of arguments: JSONValue, by schema: JSONValue) -> String? {
        guard let compiled = try? Schema(schema) else { return nil }
        guard let first = compiled.violations(in: arguments).first else { return nil }
        return "\(first)"
    }
}
