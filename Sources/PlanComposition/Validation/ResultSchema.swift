import JSONSchema
import SkillCatalog

/// What a tool's result schema says about one place in the result.
struct ResultSchema: Sendable {
    enum Finding: Sendable, Hashable {
        /// The schema says nothing about the place.
        case unknown
        /// The names the schema lists where the pointer leaves them.
        case notListed(known: [String])
        /// The JSON type of the value there.
        case type(String)
    }

    private let root: JSONValue

    init?(_ tool: Tool) {
        guard let schema = tool.outputSchema else { return nil }
        root = schema
    }

    /// Follows a pointer through `properties` and `items`; local references are resolved, alternatives are not judged.
    func finding(at pointer: String) -> Finding {
        var schema = resolved(root)
        for name in JSONPointer(pointer)?.tokens ?? [] {
            guard !isOpen(schema) else { return .unknown }
            if let member = schema["properties"]?[name] {
                schema = resolved(member)
            } else if let items = schema["items"], Int(name) != nil {
                schema = resolved(items)
            } else if let known = schema["properties"]?.objectValue, !known.isEmpty,
                schema["additionalProperties"] == nil || schema["additionalProperties"] == false,
                schema["patternProperties"] == nil
            {
                return .notListed(known: known.keys)
            } else {
                return .unknown
            }
        }
        guard !isOpen(schema) else { return .unknown }
        if let name = schema["type"]?.stringValue { return .type(name) }
        if schema["properties"] != nil { return .type("object") }
        return schema["items"] != nil ? .type("array") : .unknown
    }

    private func isOpen(_ schema: JSONValue) -> Bool {
        ["anyOf", "oneOf", "allOf", "if", "not", "$dynamicRef"].contains { schema[$0] != nil }
    }

    /// A chain longer than this leads in a circle.
    private func resolved(_ schema: JSONValue) -> JSONValue {
        var current = schema
        for _ in 0..<8 {
            guard let reference = current["$ref"]?.stringValue, reference.hasPrefix("#"),
                let target = JSONPointer(String(reference.dropFirst())).flatMap({ root[$0] })
            else { return current }
            current = target
        }
        return .bool(true)
    }
}
