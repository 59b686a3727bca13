package import JSONSchema

/// A prompt that a server offers.
package struct Prompt: PagedItem {
    package static let listName = "prompts"

    package var name: String
    /// A name for people.
    package var title: String?
    package var description: String?
    package var arguments: [PromptArgument]?
    package var additional = JSONObject()

    package init(
        name: String,
        title: String? = nil,
        description: String? = nil,
        arguments: [PromptArgument]? = nil
    ) {
        self.name = name
        self.title = title
        self.description = description
        self.arguments = arguments
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "a prompt")
        name = try members.string("name")
        title = try members.optionalString("title")
        description = try members.optionalString("description")
        arguments = try members.optionalList("arguments")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(
            JSONObject(
                [
                    "name": name.json, "title": title?.json, "description": description?.json,
                    "arguments": arguments?.json,
                ],
                keeping: additional
            )
        )
    }
}
