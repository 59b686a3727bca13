package import JSONSchema

/// Text that a tool or a prompt gives.
package struct TextContent: MessageValue {
    static let type = "text"

    package var text: String
    package var annotations: Annotations?
    package var additional = JSONObject()

    package init(_ text: String, annotations: Annotations? = nil) {
        self.text = text
        self.annotations = annotations
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "text content")
        try members.constant("type", Self.type)
        text = try members.string("text")
        annotations = try members.optional("annotations")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(
            JSONObject(
                ["type": Self.type.json, "text": text.json, "annotations": annotations?.json],
                keeping: additional
            )
        )
    }
}
