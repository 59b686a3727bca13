package import JSONSchema

/// The roots of a client.
package struct ListRootsResult: MessageValue {
    package var roots: [Root]
    package var additional = JSONObject()

    package init(_ roots: [Root]) { self.roots = roots }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "the answer to roots/list")
        roots = try members.list("roots")
        additional = members.rest
    }

    package var json: JSONValue { .object(JSONObject(["roots": roots.json], keeping: additional)) }
}
