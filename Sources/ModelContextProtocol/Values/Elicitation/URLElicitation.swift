package import JSONSchema

/// An address for the user to open: what is entered there never passes through the client.
package struct URLElicitation: MessageValue {
    static let mode = "url"

    package var message: String
    package var url: String
    /// What a later notice of its completion names; only the legacy era has one.
    package var elicitationID: String?
    package var additional = JSONObject()

    package init(message: String, url: String, elicitationID: String? = nil) {
        self.message = message
        self.url = url
        self.elicitationID = elicitationID
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "a request to open an address")
        try members.constant("mode", Self.mode)
        message = try members.string("message")
        url = try members.string("url")
        elicitationID = try members.optionalString("elicitationId")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(
            JSONObject(
                [
                    "mode": Self.mode.json, "message": message.json, "url": url.json,
                    "elicitationId": elicitationID?.json,
                ],
                keeping: additional
            )
        )
    }
}
