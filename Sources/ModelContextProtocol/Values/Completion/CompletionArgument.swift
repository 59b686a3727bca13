package import JSONSchema

/// An argument and what has been typed of it so far.
package struct CompletionArgument: MessageValue {
    package var name: String
    package var value: String
    package var additional = JSONObject()

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "an argument")
        name = try members.string("name")
        value = try members.string("value")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(JSONObject(["name": name.json, "value": value.json], keeping: additional))
    }
}
