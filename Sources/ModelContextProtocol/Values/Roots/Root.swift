package import JSONSchema

/// A folder or file that a client lets a server work in.
package struct Root: MessageValue {
    /// An address that begins with `file://`.
    package var uri: String
    package var name: String?
    package var additional = JSONObject()

    package init(uri: String, name: String? = nil) {
        self.uri = uri
        self.name = name
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "a root")
        uri = try members.string("uri")
        name = try members.optionalString("name")
        additional = members.rest
    }

    package var json: JSONValue { .object(JSONObject(["uri": uri.json, "name": name?.json], keeping: additional)) }
}
