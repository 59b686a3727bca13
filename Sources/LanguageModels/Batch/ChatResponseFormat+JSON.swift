package import JSONSchema

extension ChatResponseFormat {
    /// `{"type": "json_object"}` or `{"type": "json_schema", "json_schema": {"name", "strict", "schema"}}`; nil for text.
    package var json: JSONValue? {
        switch self {
        case .text: nil
        case .json: ["type": "json_object"]
        case .schema(let form):
            [
                "type": "json_schema",
                "json_schema": ["name": .string(form.name), "strict": .bool(form.isStrict), "schema": form.schema],
            ]
        }
    }

    package init(json: JSONValue) throws(BatchRecordError) {
        switch json["type"]?.stringValue {
        case "text": self = .text
        case "json_object": self = .json
        case "json_schema":
            let form = try RecordFields(json["json_schema"] ?? .null, name: "\"json_schema\"")
            self = .schema(
                ChatSchema(
                    name: try form.text("name"),
                    schema: form["schema"] ?? [:],
                    isStrict: form["strict"]?.boolValue ?? false
                )
            )
        default:
            throw BatchRecordError("\"response_format\" is none of text, json_object or json_schema")
        }
    }
}
