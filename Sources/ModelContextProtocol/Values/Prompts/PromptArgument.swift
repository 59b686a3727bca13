package import JSONSchema

/// Something a prompt is filled in with.
package struct PromptArgument: MessageValue {
    package var name: String
    /// A name for people.
    package var title: String?
    package var description: String?
    /// Whether it must be given; absent means no.
    package var required: Bool?
    package var additional = JSONObject()

    package init(name: String, title: String? = nil, description: String? = nil, required: Bool? = nil) {
        self.name = name
        self.title = title
        self.description = description
        self.required = required
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "an argument of a prompt")
        name = try members.string("name")
        title = try members.optionalString("title")
        description = try members.optionalString("description")
        required = try members.optionalBool("required")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(
            JSONObject(
                [
                    "name": name.json, "title": title?.json, "description": description?.json,
                    "required": required?.json,
                ],
                keeping: additional
            )
        )
    }
}
