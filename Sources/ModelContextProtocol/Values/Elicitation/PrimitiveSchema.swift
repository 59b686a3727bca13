package import JSONSchema

/// What one field of a form asks for.
package enum PrimitiveSchema: MessageValue {
    case string(StringSchema)
    case number(NumberSchema)
    case boolean(BooleanSchema)
    case singleSelect(SingleSelectSchema)
    case multiSelect(MultiSelectSchema)
    /// A kind that forms do not have, passed on as it is.
    case other(JSONObject)

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "a field of a form")
        self =
            switch try members.string("type") {
            case "string" where members.rest["enum"] != nil || members.rest["oneOf"] != nil:
                .singleSelect(try SingleSelectSchema(json: json))
            case "string": .string(try StringSchema(json: json))
            case "number", "integer": .number(try NumberSchema(json: json))
            case "boolean": .boolean(try BooleanSchema(json: json))
            case "array": .multiSelect(try MultiSelectSchema(json: json))
            default: .other(json.objectValue ?? JSONObject())
            }
    }

    package var json: JSONValue {
        switch self {
        case .string(let schema): schema.json
        case .number(let schema): schema.json
        case .boolean(let schema): schema.json
        case .singleSelect(let schema): schema.json
        case .multiSelect(let schema): schema.json
        case .other(let object): .object(object)
        }
    }
}
