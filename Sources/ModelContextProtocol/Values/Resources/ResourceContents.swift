package import JSONSchema

/// What is in a resource.
package struct ResourceContents: MessageValue {
    /// Text, or bytes.
    package enum Body: Sendable, Hashable {
        case text(String)
        /// Bytes in Base64.
        case blob(String)
    }

    package var uri: String
    package var mimeType: String?
    package var body: Body
    package var additional = JSONObject()

    package init(uri: String, mimeType: String? = nil, text: String) {
        self.init(uri: uri, mimeType: mimeType, body: .text(text))
    }

    package init(uri: String, mimeType: String? = nil, blob: String) {
        self.init(uri: uri, mimeType: mimeType, body: .blob(blob))
    }

    private init(uri: String, mimeType: String?, body: Body) {
        self.uri = uri
        self.mimeType = mimeType
        self.body = body
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "the contents of a resource")
        uri = try members.string("uri")
        mimeType = try members.optionalString("mimeType")
        if let text = try members.optionalString("text") {
            body = .text(text)
        } else if let blob = try members.optionalString("blob") {
            body = .blob(blob)
        } else {
            throw MalformedValue(problem: "the contents of a resource must have text or blob")
        }
        additional = members.rest
    }

    package var json: JSONValue {
        let (text, blob): (JSONValue?, JSONValue?) =
            switch body {
            case .text(let text): (text.json, nil)
            case .blob(let blob): (nil, blob.json)
            }
        return .object(
            JSONObject(
                ["uri": uri.json, "mimeType": mimeType?.json, "text": text, "blob": blob],
                keeping: additional
            )
        )
    }
}
