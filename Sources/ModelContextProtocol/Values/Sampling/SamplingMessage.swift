package import JSONSchema

/// One message of a conversation with a model.
package struct SamplingMessage: MessageValue {
    package var role: Role
    package var content: SamplingContents
    package var additional = JSONObject()

    package init(role: Role, content: [SamplingContent]) {
        self.role = role
        self.content = SamplingContents(content)
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "a message to a model")
        role = try members.required("role")
        content = try members.required("content")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(JSONObject(["role": role.json, "content": content.json], keeping: additional))
    }
}
