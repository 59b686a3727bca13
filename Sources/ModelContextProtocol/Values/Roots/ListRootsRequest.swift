package import JSONSchema

/// A server's question for the roots of a client.
package struct ListRootsRequest: MessageValue {
    package static let method = Method.listRoots

    package var params: JSONObject?
    package var additional = JSONObject()

    package init() {}

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "a request")
        try members.constant("method", Self.method)
        params = try members.optionalObject("params")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(JSONObject(["method": Self.method.json, "params": params?.json], keeping: additional))
    }
}
