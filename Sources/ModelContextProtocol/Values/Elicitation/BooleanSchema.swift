package import JSONSchema

/// A yes or no that a form asks for.
package struct BooleanSchema: MessageValue {
    package var title: String?
    package var description: String?
    package var defaultValue: Bool?
    package var additional = JSONObject()

    package init(title: String? = nil, description: String? = nil, defaultValue: Bool? = nil) {
        self.title = title
        self.description = description
        self.defaultValue = defaultValue
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "the schema of a yes or no")
        try members.constant("type", "boolean")
        title = try members.optionalString("title")
        description = try members.optionalString("description")
        defaultValue = try members.optionalBool("default")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(
            JSONObject(
                [
                    "type": "boolean", "title": title?.json, "description": description?.json,
                    "default": defaultValue?.json,
                ],
                keeping: additional
            )
        )
    }
}
