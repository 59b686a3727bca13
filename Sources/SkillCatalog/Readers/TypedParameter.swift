import JSONSchema

/// One entry of a record's `inputs` or `outputs`: `{"name", "type", "description", "required"}`.
struct TypedParameter: Sendable, Hashable {
    var name: String
    var description: String
    /// JSON Schema of the value, without its description; empty where the type is not known.
    var schema: JSONObject
    var isRequired: Bool

    /// nil where the entry is no object with a name.
    init?(_ value: JSONValue) {
        let name = CleanedText.label(value["name"]?.stringValue ?? "")
        guard !name.isEmpty, name.utf8.count <= CleanedText.maximumLabelBytes else { return nil }
        self.name = name
        description = CleanedText.prose(value["description"]?.stringValue ?? "")
        isRequired = value["required"]?.boolValue ?? false
        schema =
            switch value["type"] {
            case .string(let spelling): TypeSpelling.schema(of: spelling)
            case .array(let spellings): TypeSpelling.union(of: spellings.compactMap(\.stringValue))
            default: JSONObject()
            }
    }

    /// The JSON Schema of an object that has these parameters as members.
    static func objectSchema(_ parameters: [TypedParameter]) -> JSONValue {
        let properties = parameters.map { parameter in
            var schema = parameter.schema
            if !parameter.description.isEmpty { schema["description"] = .string(parameter.description) }
            return (parameter.name, JSONValue.object(schema))
        }
        var schema: JSONObject = ["type": "object", "properties": .object(JSONObject(properties))]
        let required = parameters.filter(\.isRequired).map(\.name)
        if !required.isEmpty { schema["required"] = JSONValue(required) }
        return .object(schema)
    }
}
