package import JSONSchema

/// A picture that a tool or a prompt gives.
package struct ImageContent: MessageValue {
    static let type = "image"

    /// The bytes in Base64.
    package var data: String
    package var mimeType: String
    package var annotations: Annotations?
    package var additional = JSONObject()

    package init(data: String, mimeType: String, annotations: Annotations? = nil) {
        self.data = data
        self.mimeType = mimeType
        self.annotations = annotations
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "image content")
        try members.constant("type", Self.type)
        data = try members.string("data")
        mimeType = try members.string("mimeType")
        annotations = try members.optional("annotations")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(
            JSONObject(
                [
                    "type": Self.type.json, "data": data.json, "mimeType": mimeType.json,
                    "annotations": annotations?.json,
                ],
                keeping: additional
            )
        )
    }
}
