package import JSONSchema

/// A server's question to the user.
package struct ElicitRequest: MessageValue {
    package static let method = Method.elicit

    package var params: ElicitRequestParams
    package var additional = JSONObject()

    package init(_ params: ElicitRequestParams) { self.params = params }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "a request")
        try members.constant("method", Self.method)
        params = try members.required("params")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(JSONObject(["method": Self.method.json, "params": params.json], keeping: additional))
    }
}
