package import JSONSchema

/// Which page of a list is asked for.
package struct ListParams: MessageValue {
    /// Where the page before ended; nil for the first.
    package var cursor: String?
    package var additional = JSONObject()

    package init(cursor: String? = nil) { self.cursor = cursor }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "the parameters of a list")
        cursor = try members.optionalString("cursor")
        additional = members.rest
    }

    package var json: JSONValue { .object(JSONObject(["cursor": cursor?.json], keeping: additional)) }
}
