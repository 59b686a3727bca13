package import JSONSchema

/// A tool that a server offers.
package struct Tool: PagedItem {
    package static let listName = "tools"

    package var name: String
    /// A name for people.
    package var title: String?
    package var description: String?
    /// The JSON Schema of the arguments, always of an object.
    package var inputSchema: JSONObject
    /// The JSON Schema of the structured result, where there is one.
    package var outputSchema: JSONObject?
    package var annotations: ToolAnnotations?
    package var additional = JSONObject()

    package init(
        name: String,
        title: String? = nil,
        description: String? = nil,
        inputSchema: JSONObject,
        outputSchema: JSONObject? = nil,
        annotations: ToolAnnotations? = nil
    ) {
        self.name = name
        self.title = title
        self.description = description
        self.inputSchema = inputSchema
        self.outputSchema = outputSchema
        self.annotations = annotations
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "a tool")
        name = try members.string("name")
        title = try members.optionalString("title")
        description = try members.optionalString("description")
        inputSchema = try members.object("inputSchema")
        outputSchema = try members.optionalObject("outputSchema")
        annotations = try members.optional("annotations")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(
            JSONObject(
                [
                    "name": name.json, "title": title?.json, "description": description?.json,
                    "inputSchema": inputSchema.json, "outputSchema": outputSchema?.json,
                    "annotations": annotations?.json,
                ],
                keeping: additional
            )
        )
    }
}
