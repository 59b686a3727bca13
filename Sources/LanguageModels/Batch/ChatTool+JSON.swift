package import JSONSchema

extension ChatTool {
    /// `{"type": "function", "function": {"name": …, "description": …, "parameters": …}}`.
    package var json: JSONValue {
        var function: JSONObject = ["name": .string(name)]
        if !description.isEmpty { function["description"] = .string(description) }
        function["parameters"] = parameters
        return ["type": "function", "function": .object(function)]
    }

    package init(json: JSONValue) throws(BatchRecordError) {
        let fields = try RecordFields(json, name: "a tool")
        let function = try RecordFields(fields["function"] ?? [:], name: "\"function\"")
        self.init(
            name: try function.text("name"),
            description: try function.optionalText("description") ?? "",
            parameters: function["parameters"] ?? ["type": "object", "properties": [:]]
        )
    }
}

extension ChatToolChoice {
    /// `"auto"`, `"none"`, `"required"`, or `{"type": "function", "function": {"name": …}}`.
    package var json: JSONValue {
        switch self {
        case .auto: "auto"
        case .none: "none"
        case .required: "required"
        case .tool(let name): ["type": "function", "function": ["name": .string(name)]]
        }
    }

    package init(json: JSONValue) throws(BatchRecordError) {
        switch json {
        case "auto": self = .auto
        case "none": self = .none
        case "required": self = .required
        default:
            guard let name = json["function"]?["name"]?.stringValue else {
                throw BatchRecordError("\"tool_choice\" is none of auto, none, required or a function")
            }
            self = .tool(name)
        }
    }
}
