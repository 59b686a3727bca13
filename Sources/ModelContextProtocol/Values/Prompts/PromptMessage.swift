package import JSONSchema

/// One message of a prompt.
package struct PromptMessage: MessageValue {
    package var role: Role
    package var content: ContentBlock
    package var additional = JSONObject()

    package init(role: Role, content: ContentBlock) {
        self.role = role
        self.content = content
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "a message of a prompt")
        role = try members.required("role")
        content = try members.required("content")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(JSONObject(["role": role.json, "content": content.json], keeping: additional))
    }
}
