package import JSONSchema

/// Reads the ports of a tool from its JSON Schemas.
///
/// Only what names values is looked at; local `$ref`s are followed, `allOf` is merged, of `anyOf` and `oneOf` the first
/// alternative that is not null counts. Schemas are strangers' input: depth and number of ports are bounded.
package enum SchemaPorts {
    private static let maximumPorts = 64
    private static let maximumDepth = 8

    /// The parameters an arguments schema names; nil when it describes no object.
    package static func inputs(_ schema: JSONValue) -> [IOPort]? {
        let root = SchemaView(root: schema, schema: schema)
        guard let properties = root.properties else { return nil }
        let required = root.required
        return properties.prefix(maximumPorts).map { name, property in
            port(name: name, pointer: "", property, isRequired: required.contains(name))
        }
    }

    /// The values a result schema names; nil when it says nothing.
    ///
    /// Members of nested objects come after the member that holds them, so that `/file/path` can be referred to.
    package static func outputs(_ schema: JSONValue) -> [IOPort]? {
        let root = SchemaView(root: schema, schema: schema)
        if let properties = root.properties {
            var ports: [IOPort] = []
            collect(properties, below: "", depth: 0, into: &ports)
            return ports
        }
        guard root.typeName != nil else { return nil }
        return [port(name: "", pointer: "", root, isRequired: false)]
    }

    private static func collect(
        _ properties: [(String, SchemaView)],
        below pointer: String,
        depth: Int,
        into ports: inout [IOPort]
    ) {
        for (name, property) in properties where ports.count < maximumPorts {
            let path = pointer + "/" + escaped(name)
            ports.append(port(name: name, pointer: path, property, isRequired: false))
            if depth < 2, let members = property.properties {
                collect(members, below: path, depth: depth + 1, into: &ports)
            }
        }
    }

    private static func port(name: String, pointer: String, _ view: SchemaView, isRequired: Bool) -> IOPort {
        var element = view
        let isCollection = view.typeName == "array"
        // Lists of lists are lists; one that contains itself ends here.
        for _ in 0..<maximumDepth where element.typeName == "array" {
            guard let items = element.items else { break }
            element = items
        }
        let guess = IOTypeLexicon.type(
            name: name,
            description: view.text("description") ?? element.text("description") ?? view.text("title") ?? "",
            schemaType: element.typeName,
            format: element.text("format"),
            mediaType: element.text("contentMediaType")
        )
        return IOPort(
            name: name,
            pointer: pointer,
            type: guess.type ?? (isCollection ? .list : nil),
            carrier: guess.carrier,
            isCollection: isCollection,
            isRequired: isRequired,
            jsonType: element.typeName,
            choices: element.choices,
            description: view.text("description") ?? ""
        )
    }

    private static func escaped(_ name: String) -> String {
        var text = ""
        for scalar in name.unicodeScalars {
            switch scalar {
            case "~": text += "~0"
            case "/": text += "~1"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    /// One schema inside a document, with references resolved.
    private struct SchemaView {
        let root: JSONValue
        let schema: JSONValue

        init(root: JSONValue, schema: JSONValue) {
            self.root = root
            self.schema = Self.resolved(schema, in: root)
        }

        func text(_ key: String) -> String? { schema[key]?.stringValue }

        /// The type the schema allows, null aside; `object` where it only names properties.
        var typeName: String? {
            if let name = schema["type"]?.stringValue { return name }
            if let names = schema["type"]?.arrayValue {
                return names.compactMap(\.stringValue).first { $0 != "null" }
            }
            if schema["properties"] != nil { return "object" }
            return schema["items"] != nil ? "array" : nil
        }

        /// Texts of `enum`.
        var choices: [String] { schema["enum"]?.arrayValue?.prefix(maximumPorts).compactMap(\.stringValue) ?? [] }

        var items: SchemaView? { schema["items"].map { SchemaView(root: root, schema: $0) } }

        var required: Set<String> { Set(schema["required"]?.arrayValue?.compactMap(\.stringValue) ?? []) }

        var properties: [(String, SchemaView)]? {
            guard let members = schema["properties"]?.objectValue else { return typeName == "object" ? [] : nil }
            return members.map { ($0.key, SchemaView(root: root, schema: $0.value)) }
        }

        private static func resolved(_ schema: JSONValue, in root: JSONValue) -> JSONValue {
            var current = schema
            for _ in 0..<maximumDepth {
                if let reference = current["$ref"]?.stringValue {
                    guard let target = lookUp(reference, in: root) else { return current }
                    current = target
                } else if let alternatives = (current["anyOf"] ?? current["oneOf"])?.arrayValue,
                    let first = alternatives.first(where: { $0["type"]?.stringValue != "null" })
                {
                    current = describing(first, as: current)
                } else if let parts = current["allOf"]?.arrayValue, current["properties"] == nil {
                    return merged(parts.map { $0["$ref"]?.stringValue.flatMap { lookUp($0, in: root) } ?? $0 })
                } else {
                    return current
                }
            }
            return current
        }

        /// An alternative rarely says what the value is for; the schema around it does.
        private static func describing(_ alternative: JSONValue, as outer: JSONValue) -> JSONValue {
            guard var members = alternative.objectValue, members["description"] == nil else { return alternative }
            members["description"] = outer["description"]
            return .object(members)
        }

        private static func merged(_ parts: [JSONValue]) -> JSONValue {
            var properties = JSONObject()
            var required: [JSONValue] = []
            for part in parts {
                for (name, property) in part["properties"]?.objectValue ?? [:] { properties[name] = property }
                required += part["required"]?.arrayValue ?? []
            }
            return ["type": "object", "properties": .object(properties), "required": .array(required)]
        }

        private static func lookUp(_ reference: String, in root: JSONValue) -> JSONValue? {
            guard reference.hasPrefix("#/") else { return nil }
            var target: JSONValue? = root
            for step in reference.dropFirst(2).split(separator: "/") { target = target?[String(step)] }
            return target
        }
    }
}
