package import JSONSchema

/// A number that a form asks for.
package struct NumberSchema: MessageValue {
    private enum Kind: String, Choice {
        case number
        case integer
    }

    /// Whether only whole numbers will do.
    package var isInteger: Bool
    package var title: String?
    package var description: String?
    package var minimum: Double?
    package var maximum: Double?
    package var defaultValue: Double?
    package var additional = JSONObject()

    package init(
        isInteger: Bool = false,
        title: String? = nil,
        description: String? = nil,
        minimum: Double? = nil,
        maximum: Double? = nil,
        defaultValue: Double? = nil
    ) {
        self.isInteger = isInteger
        self.title = title
        self.description = description
        self.minimum = minimum
        self.maximum = maximum
        self.defaultValue = defaultValue
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "the schema of a number")
        isInteger = try members.required("type", Kind.self) == .integer
        title = try members.optionalString("title")
        description = try members.optionalString("description")
        minimum = try members.optionalNumber("minimum")
        maximum = try members.optionalNumber("maximum")
        defaultValue = try members.optionalNumber("default")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(
            JSONObject(
                [
                    "type": (isInteger ? Kind.integer : .number).json, "title": title?.json,
                    "description": description?.json, "minimum": minimum?.json, "maximum": maximum?.json,
                    "default": defaultValue?.json,
                ],
                keeping: additional
            )
        )
    }
}
