package import JSONSchema

/// A sound that a tool or a prompt gives.
package struct AudioContent: MessageValue {
    static let type = "audio"

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
        var members = try Members(json, of: "audio content")
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
