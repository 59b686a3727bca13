package import JSONSchema

extension Tool {
    /// The tool as JSON, for storage: complete, members in a fixed order, what is empty left out.
    package var json: JSONValue {
        var members: JSONObject = ["name": .string(name), "description": .string(description)]
        members["input_schema"] = inputSchema
        members["output_schema"] = outputSchema
        let hints = annotations.json
        if !hints.isEmpty { members["annotations"] = .object(hints) }
        return .object(members)
    }

    /// The tool that was stored; members it does not know are passed over.
    package init(json: JSONValue) throws(SkillCodingError) {
        self.init(
            name: try json.requiredText("name"),
            description: try json.requiredText("description"),
            inputSchema: json["input_schema"],
            outputSchema: json["output_schema"],
            annotations: ToolAnnotations(json: json["annotations"] ?? .null)
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
        return members
    }

    fileprivate init(json: JSONValue) {
        self.init(
            readOnlyHint: json["read_only_hint"]?.boolValue,
            destructiveHint: json["destructive_hint"]?.boolValue,
            idempotentHint: json["idempotent_hint"]?.boolValue,
            openWorldHint: json["open_world_hint"]?.boolValue
        )
    }
}
