package import JSONSchema

/// A text that a form asks for.
package struct StringSchema: MessageValue {
    package var title: String?
    package var description: String?
    package var minLength: Int?
    package var maxLength: Int?
    /// `email`, `uri`, `date` or `date-time`.
    package var format: String?
    package var defaultValue: String?
    package var additional = JSONObject()

    package init(
        title: String? = nil,
        description: String? = nil,
        minLength: Int? = nil,
        maxLength: Int? = nil,
        format: String? = nil,
        defaultValue: String? = nil
    ) {
        self.title = title
        self.description = description
        self.minLength = minLength
        self.maxLength = maxLength
        self.format = format
        self.defaultValue = defaultValue
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "the schema of a text")
        try members.constant("type", "string")
        title = try members.optionalString("title")
        description = try members.optionalString("description")
        minLength = try members.optionalInteger("minLength")
        maxLength = try members.optionalInteger("maxLength")
        format = try members.optionalString("format")
        defaultValue = try members.optionalString("default")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(
            JSONObject(
                [
                    "type": "string", "title": title?.json, "description": description?.json,
                    "minLength": minLength?.json, "maxLength": maxLength?.json, "format": format?.json,
                    "default": defaultValue?.json,
                ],
                keeping: additional
            )
        )
    }
}
