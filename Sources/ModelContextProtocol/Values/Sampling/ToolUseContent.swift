package import JSONSchema

/// A model's wish to use a tool.
package struct ToolUseContent: MessageValue {
    static let type = "tool_use"

    /// What the result of the use will name.
    package var id: String
    package var name: String
    /// The arguments.
    package var input: JSONObject
    package var additional = JSONObject()

    package init(id: String, name: String, input: JSONObject) {
        self.id = id
        self.name = name
        self.input = input
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "the use of a tool")
        try members.constant("type", Self.type)
        id = try members.string("id")
        name = try members.string("name")
        input = try members.object("input")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(
            JSONObject(
                ["type": Self.type.json, "id": id.json, "name": name.json, "input": input.json],
                keeping: additional
            )
        )
    }
}
