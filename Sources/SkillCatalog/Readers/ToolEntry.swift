package import JSONSchema

/// One element of a tools file, as far as it can be understood.
package struct ToolEntry: Sendable, Hashable {
    /// Place in the list, from 1.
    package var position: Int
    /// nil where the entry has no usable name.
    package var tool: Tool?
    /// What is wrong with its shape: the rest of a sentence that begins with the tool.
    package var problems: [String] = []

    /// How messages call it: `tool 3 (read_csv)`.
    package var label: String { "tool \(position)" + (tool.map { " (\($0.name))" } ?? "") }

    package init(_ value: JSONValue, position: Int) {
        self.position = position
        let members = value["function"]?.objectValue ?? value.objectValue
        guard let members else {
            problems = ["is \(value.typeName), not an object"]
            return
        }
        let name = CleanedText.label(members["name"]?.stringValue ?? "")
        guard !name.isEmpty, name.utf8.count <= CleanedText.maximumLabelBytes else {
            problems = [name.isEmpty ? "has no name" : "has a name of \(name.utf8.count) bytes"]
            return
        }
        var tool = Tool(name: name, description: "")
        if let description = members["description"] {
            tool.description = CleanedText.prose(description.stringValue ?? "")
            if description.stringValue == nil { problems.append("has a description that is not a text") }
        }
        tool.inputSchema = schema(members, ["parameters", "input_schema", "inputSchema"])
        if let type = tool.inputSchema?["type"], type != "object" {
            problems.append("has an input schema whose type is not \"object\"")
        }
        tool.outputSchema = schema(members, ["output_schema", "outputSchema"])
        tool.annotations = annotations(members["annotations"])
        if let compensation = members["compensation"], compensation != .null {
            tool.compensation = ToolCompensation(json: compensation)
            if tool.compensation == nil {
                problems.append("has a `compensation` that names no tool with its arguments")
            }
        }
        self.tool = tool
    }

    private mutating func schema(_ members: JSONObject, _ names: [String]) -> JSONValue? {
        for name in names {
            switch members[name] {
            case nil, .null: continue
            case .object, .bool: return members[name]
            case .some(let other): problems.append("has `\(name)` that is \(other.typeName), not a JSON Schema")
            }
        }
        return nil
    }

    private mutating func annotations(_ value: JSONValue?) -> ToolAnnotations {
        guard let value, value != .null else { return ToolAnnotations() }
        guard let members = value.objectValue else {
            problems.append("has `annotations` that are not an object")
            return ToolAnnotations()
        }
        return ToolAnnotations(
            readOnlyHint: hint(members, "readOnlyHint", "read_only_hint"),
            destructiveHint: hint(members, "destructiveHint", "destructive_hint"),
            idempotentHint: hint(members, "idempotentHint", "idempotent_hint"),
            openWorldHint: hint(members, "openWorldHint", "open_world_hint"),
            idempotencyKeyHint: hint(members, "idempotencyKeyHint", "idempotency_key_hint")
        )
    }

    private mutating func hint(_ members: JSONObject, _ names: String...) -> Bool? {
        for name in names {
            guard let value = members[name], value != .null else { continue }
            if let hint = value.boolValue { return hint }
            problems.append("has the annotation `\(name)` that is neither true nor false")
        }
        return nil
    }
}
