package import JSONSchema

/// The fields of a form: a flat object, as a JSON Schema.
package struct FormSchema: MessageValue {
    package var properties: NamedValues<PrimitiveSchema>
    /// Fields that must be filled in.
    package var required: [String]?
    package var additional = JSONObject()

    package init(properties: NamedValues<PrimitiveSchema>, required: [String]? = nil) {
        self.properties = properties
        self.required = required
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "the schema of a form")
        try members.constant("type", "object")
        properties = try members.required("properties")
        required = try members.optionalStrings("required")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(
            JSONObject(
                ["type": "object", "properties": properties.json, "required": required?.json],
                keeping: additional
            )
        )
    }
}
