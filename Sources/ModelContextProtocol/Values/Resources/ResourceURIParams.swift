package import JSONSchema

/// The one resource a message is about: a change of it, or in the legacy era a wish to hear of its changes.
package struct ResourceURIParams: MessageValue {
    package var uri: String
    package var additional = JSONObject()

    package init(uri: String) { self.uri = uri }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "the parameters of a message about a resource")
        uri = try members.string("uri")
        additional = members.rest
    }

    package var json: JSONValue { .object(JSONObject(["uri": uri.json], keeping: additional)) }
}
