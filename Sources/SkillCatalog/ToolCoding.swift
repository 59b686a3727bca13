package import JSONSchema

extension Tool {
    /// The tool as JSON, for storage: complete, members in a fixed order, what is empty left out.
    package var json: JSONValue {
        var members: JSONObject = ["name": .string(name), "description": .string(description)]
        members["input_schema"] = inputSchema
        members["output_schema"] = outputSchema
        let hints = annotations.json
        if !hints.isEmpty { members["annotations"] = .object(hints) }
        members["compensation"] = compensation?.json
        return .object(members)
    }

    /// The tool that was stored; members it does not know are passed over.
    package init(json: JSONValue) throws(SkillCodingError) {
        self.init(
            name: try json.requiredText("name"),
            description: try json.requiredText("description"),
            inputSchema: json["input_schema"],
            outputSchema: json["output_schema"],
            annotations: ToolAnnotations(json: json["annotations"] ?? .null),
            compensation: json["compensation"].flatMap(ToolCompensation.init)
        )
    }
}

extension ToolAnnotations {
    fileprivate var json: JSONObject {
        var members = JSONObject()
        members["read_only_hint"] = readOnlyHint.map(JSONValue.bool)
        members["destructive_hint"] = destructiveHint.map(JSONValue.bool)
        members["idempotent_hint"] = idempotentHint.map(JSONValue.bool)
        members["open_world_hint"] = openWorldHint.map(JSONValue.bool)
        members["idempotency_key_hint"] = idempotencyKeyHint.map(JSONValue.bool)
        return members
    }

    fileprivate init(json: JSONValue) {
        self.init(
            readOnlyHint: json["read_only_hint"]?.boolValue,
            destructiveHint: json["destructive_hint"]?.boolValue,
            idempotentHint: json["idempotent_hint"]?.boolValue,
            openWorldHint: json["open_world_hint"]?.boolValue,
            idempotencyKeyHint: json["idempotency_key_hint"]?.boolValue
        )
    }
}

extension ToolCompensation {
    var json: JSONValue { ["tool": .string(tool), "arguments": .object(arguments)] }

    /// Nil for what names no tool or has arguments that are no object.
    init?(json: JSONValue) {
        guard let tool = json["tool"]?.stringValue, !tool.isEmpty else { return nil }
        guard let arguments = (json["arguments"] ?? .object([:])).objectValue else { return nil }
        self.init(tool: tool, arguments: arguments)
    }
}
