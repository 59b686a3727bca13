package import JSONSchema

/// A choice of several options that a form asks for.
package struct MultiSelectSchema: MessageValue {
    /// The options, in the two ways they are written.
    package enum Options: Sendable, Hashable {
        case untitled([String])
        case titled([TitledOption])
    }

    package var title: String?
    package var description: String?
    package var options: Options
    package var minItems: Int?
    package var maxItems: Int?
    package var defaultValues: [String]?
    /// What else is said of the options.
    package var additionalOfItems = JSONObject()
    package var additional = JSONObject()

    package init(
        _ options: Options,
        title: String? = nil,
        description: String? = nil,
        minItems: Int? = nil,
        maxItems: Int? = nil,
        defaultValues: [String]? = nil
    ) {
        self.options = options
        self.title = title
        self.description = description
        self.minItems = minItems
        self.maxItems = maxItems
        self.defaultValues = defaultValues
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "the schema of several choices")
        try members.constant("type", "array")
        title = try members.optionalString("title")
        description = try members.optionalString("description")
        minItems = try members.optionalInteger("minItems")
        maxItems = try members.optionalInteger("maxItems")
        defaultValues = try members.optionalStrings("default")
        let items = try members.object("items")
        do {
            (options, additionalOfItems) = try Self.options(items)
        } catch {
            throw error.within("items")
        }
        additional = members.rest
    }

    private static func options(_ items: JSONObject) throws(MalformedValue) -> (Options, rest: JSONObject) {
        var members = try Members(.object(items), of: "the options")
        if let titled = try members.optionalList("anyOf", of: TitledOption.self) {
            return (.titled(titled), members.rest)
        }
        try members.constant("type", "string")
        return (.untitled(try members.strings("enum")), members.rest)
    }

    package var json: JSONValue {
        let items: KeyValuePairs<String, JSONValue?> =
            switch options {
            case .untitled(let values): ["type": "string", "enum": values.json]
            case .titled(let titled): ["anyOf": titled.json]
            }
        return .object(
            JSONObject(
                [
                    "type": "array", "title": title?.json, "description": description?.json,
                    "minItems": minItems?.json, "maxItems": maxItems?.json,
                    "items": .object(JSONObject(items, keeping: additionalOfItems)),
                    "default": defaultValues?.json,
                ],
                keeping: additional
            )
        )
    }

    /// The texts that may be answered.
    package var values: [String] {
        switch options {
        case .untitled(let values): values
        case .titled(let titled): titled.map(\.value)
        }
    }
}
