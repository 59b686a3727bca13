package import JSONSchema

/// What a call of a tool gives.
package struct CallToolResult: MessageValue {
    package var content: [ContentBlock]
    /// The result as data; in the legacy era always an object.
    package var structuredContent: JSONValue?
    /// Whether the result says so: nil counts as no, and is not written.
    private var statedError: Bool?
    package var additional = JSONObject()

    package init(content: [ContentBlock], structuredContent: JSONValue? = nil, isError: Bool = false) {
        self.content = content
        self.structuredContent = structuredContent
        statedError = isError ? true : nil
    }

    /// Whether the tool failed: the content then says how, for a model to read.
    package var isError: Bool {
        get { statedError ?? false }
        set { statedError = newValue }
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "the result of a tool")
        content = try members.list("content")
        structuredContent = members.value("structuredContent")
        statedError = try members.optionalBool("isError")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(
            JSONObject(
                [
                    "content": content.json, "structuredContent": structuredContent, "isError": statedError?.json,
                ],
                keeping: additional
            )
        )
    }
}
